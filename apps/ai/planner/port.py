"""Defines what a planner gets and answers. All that it may choose from is in the brief, so it
cannot offer what we do not have; prices are minor units."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from apps.accounts.enums import Pace
from apps.ai.enums import Category, PartOfDay
from apps.ai.replies.search import UnderstoodReply
from apps.common.geo import LngLat


class PlannerError(Exception):
    """A planner cannot answer, or its answer cannot be used."""


@dataclass(frozen=True, kw_only=True)
class StayOption:
    """A listing that is free for the whole stay at this total."""

    id: str
    title: str
    point: LngLat
    total: int
    currency: str
    property_type: str
    rating: float | None = None
    reviews: int = 0
    amenities: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActivityOption:
    id: str
    name: str
    category: Category
    point: LngLat
    indoors: bool = False
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Day:
    date: dt.date
    is_wet: bool = False


@dataclass(frozen=True, kw_only=True)
class Brief:
    destination: str
    centre: LngLat
    days: tuple[Day, ...]
    guests: int
    stays: tuple[StayOption, ...]
    activities: tuple[ActivityOption, ...]
    interests: tuple[str, ...] = ()
    pace: Pace = Pace.BALANCED
    liked_amenities: tuple[str, ...] = ()
    liked_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedActivity:
    id: str
    part: PartOfDay


@dataclass(frozen=True)
class PlannedDay:
    date: dt.date
    activities: tuple[PlannedActivity, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`stay_ids` are the brief's, best first; none where the brief has none."""

    stay_ids: tuple[str, ...]
    days: tuple[PlannedDay, ...]
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class Filters:
    location: str | None = None
    check_in: dt.date | None = None
    check_out: dt.date | None = None
    guests: int | None = None
    min_price: int | None = None
    max_price: int | None = None
    property_type: str | None = None
    amenities: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Interpretation:
    filters: Filters
    understood: tuple[UnderstoodReply, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The names of places and, most common first, of amenities that are in the database."""

    cities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    amenities: tuple[str, ...] = ()


class Planner(Protocol):
    @property
    def name(self) -> str: ...

    def plan(self, brief: Brief) -> Plan:
        """Raises `PlannerError`."""
        ...

    def interpret(self, query: str, *, vocabulary: Vocabulary, today: dt.date) -> Interpretation:
        """Raises `PlannerError`."""
        ...
