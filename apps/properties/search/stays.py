"""Which stays are possible: the rules of `apps.properties.house_rules` and `apps.properties.nights`
as conditions on search entries, so that the database decides."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from apps.common.errors import InvalidInputError
from apps.properties.entries import month_and_bit
from apps.properties.nights import MOST_PREP_NIGHTS, midnight, nights_of
from apps.properties.search.criteria import Criteria, Stay
from apps.properties.search.geography import Condition

# Every time zone is a whole number of these away from UTC, so no date changes in between.
QUARTER = dt.timedelta(minutes=15)


class PastStayError(InvalidInputError):
    field = "check_in"
    sentence = "This day is over everywhere. Choose {earliest} or a later date."
    sample = {"earliest": dt.date(2026, 11, 24)}


def stays_check(criteria: Criteria, *, now: dt.datetime) -> None:
    """Raises `PastStayError` where all of the stays begin before any place's today."""
    earliest = min(zones_by_today(now))
    days = [stay.check_in for stay in criteria.options()]
    if days and max(days) < earliest:
        raise PastStayError(earliest=earliest)


def possible(stay: Stay, *, now: dt.datetime) -> list[Condition]:
    """Makes the conditions of a listing at which the stay can be booked; guests are a filter of
    their own."""
    return [
        {"check_in_days": {"$bitsAllSet": 1 << stay.check_in.weekday()}},
        {"check_out_days": {"$bitsAllSet": 1 << stay.check_out.weekday()}},
        _in_time(stay.check_in, now),
        _long_enough(stay),
        _free(stay, now),
        _prepared(stay, now),
    ]


def _in_time(check_in: dt.date, now: dt.datetime) -> Condition:
    """Counts notice and window from today at the listing: on earth it is two or three dates."""
    by_today = zones_by_today(now)
    return {
        "$or": [
            {
                "time_zone": {"$in": zones},
                "lead_days": {"$lte": (check_in - today).days},
                "window_days": {"$gte": (check_in - today).days},
            }
            for today, zones in by_today.items()
        ]
    }


def zones_by_today(now: dt.datetime) -> dict[dt.date, list[str]]:
    """Groups all time zones by the date that it is there."""
    return _zones(now.astimezone(dt.UTC).replace(second=0, microsecond=0) - _past_quarter(now))


def _past_quarter(now: dt.datetime) -> dt.timedelta:
    return dt.timedelta(minutes=now.minute) % QUARTER


@lru_cache(maxsize=4)
def _zones(quarter: dt.datetime) -> dict[dt.date, list[str]]:
    found: dict[dt.date, list[str]] = defaultdict(list)
    for zone in sorted(available_timezones()):
        found[quarter.astimezone(ZoneInfo(zone)).date()].append(zone)
    return dict(found)


def _long_enough(stay: Stay) -> Condition:
    """Bounds the nights by the season in which the stay begins, else by the year."""
    begins = midnight(stay.check_in)
    season = {"start": {"$lte": begins}, "end": {"$gt": begins}}
    length = {"min_nights": {"$lte": stay.nights}, "max_nights": {"$gte": stay.nights}}
    return {
        "$or": [
            {**length, "seasons": {"$not": {"$elemMatch": season}}},
            {"seasons": {"$elemMatch": {**season, **length}}},
        ]
    }


def _free(stay: Stay, now: dt.datetime) -> Condition:
    """Asks for no claim on any night of the stay, but for those that expired."""
    taken = _any_of("taken", nights_of(stay.check_in, stay.check_out))
    return {"$nor": [*taken, _held(taken, now)]}


def _prepared(stay: Stay, now: dt.datetime) -> Condition:
    """Asks for nobody to sleep there in the nights that prepare for the next stay."""
    after = nights_of(stay.check_out, stay.check_out + dt.timedelta(days=MOST_PREP_NIGHTS))
    in_the_way: list[Condition] = []
    for needed, night in enumerate(after, start=1):
        slept = _any_of("slept", [night])
        in_the_way += (
            {"prep_nights": {"$gte": needed}, **way} for way in (*slept, _held(slept, now))
        )
    return {"$or": [{"prep_nights": 0}, {"$nor": in_the_way}]}


def _held(ways: list[Condition], now: dt.datetime) -> Condition:
    return {"holds": {"$elemMatch": {"until": {"$gt": now}, "$or": ways}}}


def _any_of(field: str, nights: Iterable[dt.date]) -> list[Condition]:
    masks: dict[str, int] = defaultdict(int)
    for night in nights:
        month, bit = month_and_bit(night)
        masks[month] |= bit
    return [{f"{field}.{month}": {"$bitsAnySet": mask}} for month, mask in masks.items()]


def any_of(ways: list[list[Condition]]) -> list[Condition]:
    """Makes the conditions of a listing of which one of the ways holds."""
    if len(ways) == 1:
        return ways[0]
    either: list[dict[str, Any]] = [{"$and": way} for way in ways]
    return [{"$or": either}] if either else []
