"""The shape of the model's plan, and its check against what we offered."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel

from apps.ai.enums import PartOfDay
from apps.ai.planner.port import Brief, Plan, PlannedActivity, PlannedDay, PlannerError
from apps.common.characters import cleaned

MOST_A_DAY = 6
MOST_SUMMARY, MOST_NOTE = 600, 200
# A sentence that holds one of these could state a fact, and facts are ours.
_CLAIM = re.compile(r"\d|[$€£¥%<>]|https?:|www\.|\b(?:free|available|availability|cheap|price|cost|"
    r"discount|refund|guarantee)", re.IGNORECASE)  # fmt: skip


class ActivityChoice(BaseModel, extra="forbid"):
    id: str
    part_of_day: Literal["morning", "afternoon", "evening"]


class DayChoice(BaseModel, extra="forbid"):
    date: str
    note: str
    activities: list[ActivityChoice]


class PlanChoice(BaseModel, extra="forbid"):
    listing_id: str | None
    summary: str
    days: list[DayChoice]


def plan_checked(choice: PlanChoice, brief: Brief, ranked: Sequence[str]) -> Plan:
    """Raises `PlannerError` for an id that was not offered, a repeat, or other days than requested.
    `ranked` are the stays in our order: the chosen one goes first."""
    if (choice.listing_id is not None) != bool(ranked):
        raise PlannerError("a stay where there is none, or none where there is one")
    if choice.listing_id is not None and choice.listing_id not in ranked:
        raise PlannerError("a listing that was not offered")
    if [day.date for day in choice.days] != [day.date.isoformat() for day in brief.days]:
        raise PlannerError("other days than requested")
    _activities_checked(choice.days, {option.id for option in brief.activities})
    chosen = [choice.listing_id] if choice.listing_id else []
    return Plan(
        stay_ids=(*chosen, *(stay_id for stay_id in ranked if stay_id not in chosen)),
        days=tuple(map(_planned, choice.days)),
        summary=harmless(choice.summary, MOST_SUMMARY),
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
    """Keeps the sentences that claim nothing: no number, price, link or promise."""
    sentences = re.split(r"(?<=[.!?])\s+", cleaned(" ".join(text.split())[: longest * 2]))
    kept: list[str] = []
    for sentence in sentences:
        fits = len(" ".join([*kept, sentence])) <= longest
        if sentence and fits and not _CLAIM.search(sentence):
            kept.append(sentence)
    return " ".join(kept)
