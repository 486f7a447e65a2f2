"""Repetitions (RRULE, RDATE, EXDATE) up to a horizon."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from dateutil.rrule import rrule, rruleset, rrulestr
from icalendar import Event, vRecur

from apps.calendars.ics.events import EventError
from apps.calendars.ics.times import Moment, moment_at
from apps.calendars.ics.zones import Zones

# Which parts a rule may have: what calendars of homes use, and what can be worked out in bounded
# time. Anything else is named in the report; it is not guessed.
DAYS = {"BYDAY"}
DATES = DAYS | {"BYMONTHDAY", "BYMONTH", "BYSETPOS"}
PARTS = {"DAILY": DAYS, "WEEKLY": DAYS, "MONTHLY": DATES, "YEARLY": DATES}
ALWAYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
MOST_STEPS = 50_000
MOST_INTERVAL = 1000


class Window(NamedTuple):
    """The nights that are asked for: [first, last)."""

    first: dt.date
    last: dt.date


def is_repeated(event: Event) -> bool:
    return any(name in event for name in ("RRULE", "RDATE"))


def starts_of(
    event: Event, start: Moment, length: dt.timedelta, *, zones: Zones, window: Window
) -> Iterator[Moment]:
    """Yields the starts that matter in `window`, in order. Raises `EventError`."""
    repeats: Any = rruleset()
    for value in _listed(event, "RRULE"):
        repeats.rrule(_rule(value, start, zones))
    for name, add in (("RDATE", repeats.rdate), ("EXDATE", repeats.exdate)):
        for moment in _dates(event, name, start, zones):
            add(moment)
    repeats.rdate(start.local)
    first = dt.datetime.combine(window.first, dt.time()) - length - dt.timedelta(days=2)
    last = dt.datetime.combine(window.last, dt.time())
    for steps, local in enumerate(repeats):
        if local >= last:
            return
        if steps > MOST_STEPS:
            raise EventError("It repeats too often.")
        if local >= first:
            yield start._replace(local=local)


def _rule(value: Any, start: Moment, zones: Zones) -> rrule:
    if not isinstance(value, vRecur) or "FREQ" not in value:
        raise EventError("RRULE cannot be read.")
    frequency = str(value["FREQ"][0]).upper()
    unknown = {name.upper() for name in value} - ALWAYS - PARTS.get(frequency, set())
    if frequency not in PARTS or unknown:
        shown = value.to_ical().decode()[:80]
        raise EventError(f'The repetition "{shown}" is not supported.')
    interval = value.get("INTERVAL", [1])[0]
    if not 1 <= interval <= MOST_INTERVAL:
        raise EventError(f"The repetition has the interval {interval}.")
    text = vRecur({k: v for k, v in value.items() if k.upper() != "UNTIL"}).to_ical().decode()
    try:
        rule = cast("rrule", rrulestr(text, dtstart=start.local))
        return rule.replace(until=_until(value, start, zones)) if "UNTIL" in value else rule
    except (ValueError, TypeError, ZeroDivisionError) as error:
        raise EventError(f'The repetition "{text[:80]}" cannot be read.') from error


def _until(value: Any, start: Moment, zones: Zones) -> dt.datetime:
    until = moment_at(value["UNTIL"][0], zones, "UNTIL")
    if until.is_day:
        return until.local + dt.timedelta(days=1, seconds=-1)
    return until.local if start.is_day else until.at(start.zone)


def _dates(event: Event, name: str, start: Moment, zones: Zones) -> Iterator[dt.datetime]:
    for listed in _listed(event, name):
        zone_name = str(getattr(listed, "params", {}).get("TZID", ""))
        for one in getattr(listed, "dts", ()):
            if isinstance(one.dt, tuple):
                raise EventError(f"{name} has a period, which is not supported.")
            yield original_of(moment_at(one.dt, zones, name, zone_name), start)


def original_of(moment: Moment, start: Moment) -> dt.datetime:
    """Returns which start of the repetition that begins with `start` is meant by `moment`."""
    if start.is_day:
        return dt.datetime.combine(moment.local.date(), dt.time())
    if moment.is_day:
        return dt.datetime.combine(moment.local.date(), start.local.time())
    return moment.at(start.zone)


def _listed(event: Event, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]
