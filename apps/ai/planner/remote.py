"""Plans with a model, through the `openai` library. The model chooses; whatever it answers is
checked against what we offered, and what it writes never states a fact."""

import datetime as dt
from typing import Any

from apps.ai.clients.chat import ChatError, ask
from apps.ai.enums import PlannerName
from apps.ai.planner.plan_answers import PlanChoice, plan_checked
from apps.ai.planner.port import (
    ActivityOption,
    Brief,
    Interpretation,
    Plan,
    PlannerError,
    StayOption,
    Vocabulary,
)
from apps.ai.planner.reading_answers import Reading, reading_checked
from apps.ai.planner.stays import stays_ranked
from apps.common.money import to_wire
from apps.properties.enums import PropertyType

MOST_STAYS, MOST_ACTIVITIES, MOST_TEXT = 12, 80, 160
PLAN = (
    "You plan a holiday. Choose the listing that suits best (null if there is none) and, for every "
    "day of `days` in its order, activities that fit the interests, lie near each other and suit "
    "the weather: two a day for a relaxed pace, three for a balanced, five for a packed one, none "
    "twice. Write a warm summary of two or three sentences and a short note for each day."
)
READ = (
    "You read what somebody searches for in holiday homes. For every part of `query` that is one "
    "of the fields give its exact text, the field and the value: dates as YYYY-MM-DD (check_out is "
    "the day of leaving, never before `today`), prices a night as a plain number, location, "
    "property_type and amenities only as they stand in `places`, `property_types` and "
    "`amenities`. Give one value for each field, one part for each amenity. Put the exact texts of "
    "requests that are none of these into `ignored`."
)


class OpenAIPlanner:
    name = PlannerName.OPENAI.value

    def plan(self, brief: Brief) -> Plan:
        ranked = stays_ranked(brief)
        try:
            choice = ask(instructions=PLAN, data=_brief_data(brief, ranked), answer=PlanChoice)
        except ChatError as error:
            raise PlannerError(str(error)) from error
        return plan_checked(choice, brief, ranked)

    def interpret(self, query: str, *, vocabulary: Vocabulary, today: dt.date) -> Interpretation:
        data = {
            "query": query,
            "today": today.isoformat(),
            "weekday": f"{today:%A}",
            "places": [*vocabulary.cities, *vocabulary.regions, *vocabulary.areas],
            "property_types": PropertyType.values,
            "amenities": list(vocabulary.amenities),
        }
        try:
            reading = ask(instructions=READ, data=data, answer=Reading)
        except ChatError as error:
            raise PlannerError(str(error)) from error
        return reading_checked(reading, query=query, vocabulary=vocabulary, today=today)


def _brief_data(brief: Brief, ranked: tuple[str, ...]) -> dict[str, Any]:
    """Turns the brief into data. Nothing in it says who the traveler is."""
    stays = {stay.id: stay for stay in brief.stays}
    return {
        "destination": brief.destination,
        "guests": brief.guests,
        "pace": brief.pace.value,
        "interests": list(brief.interests),
        "days": [{"date": day.date.isoformat(), "wet": day.is_wet} for day in brief.days],
        "listings": [_stay_data(stays[stay_id]) for stay_id in ranked[:MOST_STAYS]],
        "activities": [_activity_data(option) for option in brief.activities[:MOST_ACTIVITIES]],
    }


def _stay_data(stay: StayOption) -> dict[str, Any]:
    return {
        "id": stay.id,
        "title": stay.title[:MOST_TEXT],
        "kind": stay.property_type,
        "total": to_wire(stay.total, stay.currency),
        "rating": stay.rating,
        "lng_lat": stay.point,
    }


def _activity_data(option: ActivityOption) -> dict[str, Any]:
    return {
        "id": option.id,
        "name": option.name[:MOST_TEXT],
        "category": option.category.value,
        "indoors": option.indoors,
        "about": option.description[:MOST_TEXT],
        "lng_lat": option.point,
    }
