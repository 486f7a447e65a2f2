"""The shapes that the model must answer in, and the check of each against what we offered."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from apps.ai.enums import PartOfDay
from apps.ai.planner.port import (
    Brief,
    Filters,
    Interpretation,
    Plan,
    PlannedActivity,
    PlannedDay,
    PlannerError,
    Vocabulary,
)
from apps.ai.replies.search import UnderstoodReply
from apps.common.money import from_wire, to_wire
from apps.properties.enums import PropertyType

MOST_A_DAY = 6
MOST_WORDS, MOST_NOTE = 600, 200
LONGEST, AHEAD, MOST_GUESTS, MOST_PRICE = 365, 730, 50, 999_999
# A sentence that holds one of these could state a fact, and facts are ours.
_CLAIM = re.compile(r"\d|[$€£¥%<>]|https?:|www\.|\b(?:free|available|availability|cheap|price|cost|"
    r"discount|refund|guarantee)", re.IGNORECASE)  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ActivityChoice(_Strict):
    id: str
    part_of_day: Literal["morning", "afternoon", "evening"]


class DayChoice(_Strict):
    date: str
    note: str
    activities: list[ActivityChoice]


class PlanChoice(_Strict):
    listing_id: str | None
    summary: str
    days: list[DayChoice]


class Part(_Strict):
    text: str
    field: Literal[
        "location",
        "check_in",
        "check_out",
        "guests",
        "min_price",
        "max_price",
        "property_type",
        "amenities",
    ]
    value: str


class Reading(_Strict):
    understood: list[Part]
    ignored: list[str]


def plan_checked(choice: PlanChoice, brief: Brief, ranked: Sequence[str]) -> Plan:
    """Raises `PlannerError` for an id that was not offered, a repeat, or other days than asked.
    `ranked` are the stays in our order: the chosen one goes first."""
    if (choice.listing_id is not None) != bool(ranked):
        raise PlannerError("a stay where there is none, or none where there is one")
    if choice.listing_id is not None and choice.listing_id not in ranked:
        raise PlannerError("a listing that was not offered")
    if [day.date for day in choice.days] != [day.date.isoformat() for day in brief.days]:
        raise PlannerError("not the days that were asked for")
    _activities_checked(choice.days, {option.id for option in brief.activities})
    chosen = [choice.listing_id] if choice.listing_id else []
    return Plan(
        stay_ids=(*chosen, *(stay_id for stay_id in ranked if stay_id not in chosen)),
        days=tuple(map(_planned, choice.days)),
        words=harmless(choice.summary, MOST_WORDS),
    )


def _activities_checked(days: Iterable[DayChoice], offered: set[str]) -> None:
    ids = [activity.id for day in days for activity in day.activities]
    if not set(ids) <= offered:
        raise PlannerError("an activity that was not offered")
    if len(ids) != len(set(ids)):
        raise PlannerError("an activity twice")
    if any(len(day.activities) > MOST_A_DAY for day in days):
        raise PlannerError("a day with too much in it")


def _planned(day: DayChoice) -> PlannedDay:
    parts = list(PartOfDay)
    activities = [PlannedActivity(item.id, PartOfDay(item.part_of_day)) for item in day.activities]
    activities.sort(key=lambda item: parts.index(item.part))
    return PlannedDay(
        dt.date.fromisoformat(day.date), tuple(activities), harmless(day.note, MOST_NOTE)
    )


def harmless(text: str, longest: int) -> str:
    """The sentences that claim nothing: no number, price, link or promise."""
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(text.split())[: longest * 2])
    kept: list[str] = []
    for sentence in sentences:
        fits = len(" ".join([*kept, sentence])) <= longest
        if sentence and fits and not _CLAIM.search(sentence):
            kept.append(sentence)
    return " ".join(kept)


def reading_checked(
    reading: Reading, *, query: str, vocabulary: Vocabulary, today: dt.date
) -> Interpretation:
    """Raises `PlannerError` for a text that is not in the query or a value that cannot be."""
    parts = [part for part in reading.understood if part.value.strip()]
    for text in (*(part.text for part in parts), *reading.ignored):
        if text.casefold() not in query.casefold():
            raise PlannerError("a text that is not in the query")
    try:
        understood = tuple(_understood(part, vocabulary) for part in parts)
        filters = _filters(understood)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise PlannerError("a value that cannot be") from error
    _filters_checked(filters, today)
    return Interpretation(filters=filters, understood=understood, ignored=tuple(reading.ignored))


def _understood(part: Part, vocabulary: Vocabulary) -> UnderstoodReply:
    """Raises `ValueError`."""
    value: object = part.value.strip()
    names = {
        "location": (*vocabulary.cities, *vocabulary.areas, *vocabulary.regions),
        "amenities": vocabulary.amenities,
        "property_type": tuple(PropertyType.values),
    }
    if part.field in names:
        if value not in names[part.field]:
            raise ValueError("a name that does not exist")
    elif part.field in {"check_in", "check_out"}:
        value = dt.date.fromisoformat(part.value)
    elif part.field == "guests":
        value = _within(int(part.value), 1, MOST_GUESTS)
    else:
        value = to_wire(from_wire(_within(float(part.value), 0, MOST_PRICE)))
    return UnderstoodReply(text=part.text, field=part.field, value=value)


def _within(value: float, least: int, most: int) -> float:
    if not least <= value <= most:
        raise ValueError("out of bounds")
    return value


def _filters(understood: Sequence[UnderstoodReply]) -> Filters:
    """Raises `ValueError` where one field has two values."""
    values: dict[str, Any] = {
        item.field: item.value for item in understood if item.field != "amenities"
    }
    if len(values) != sum(item.field != "amenities" for item in understood):
        raise ValueError("a field twice")
    prices: dict[str, int] = {
        name: from_wire(values[name]) for name in ("min_price", "max_price") if name in values
    }
    amenities = tuple(dict.fromkeys(item.value for item in understood if item.field == "amenities"))
    return Filters(**{**values, **prices, "amenities": amenities})


def _filters_checked(filters: Filters, today: dt.date) -> None:
    least, most = filters.min_price, filters.max_price
    if least is not None and most is not None and least > most:
        raise PlannerError("prices the wrong way round")
    if filters.check_in is None and filters.check_out is None:
        return
    if filters.check_in is None or filters.check_out is None:
        raise PlannerError("one date without the other")
    nights = (filters.check_out - filters.check_in).days
    if not (0 < nights <= LONGEST and 0 <= (filters.check_in - today).days <= AHEAD):
        raise PlannerError("dates that cannot be")
