"""Times of an event, and the nights that they take at the listing."""

import datetime as dt
from typing import Any, NamedTuple

from icalendar import Event

from apps.calendars.ics.events import EventError
from apps.calendars.ics.zones import Zones

DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(1970, 1, 1), dt.date(2200, 1, 1)
LONGEST = dt.timedelta(days=3660)


class Moment(NamedTuple):
    """A date, or the local time of a zone: arithmetic with it is that of a wall clock."""

    local: dt.datetime
    zone: dt.tzinfo
    is_day: bool

    def at(self, zone: dt.tzinfo) -> dt.datetime:
        """Returns the local time elsewhere; a date is the same everywhere."""
        if self.is_day:
            return self.local
        return self.local.replace(tzinfo=self.zone).astimezone(zone).replace(tzinfo=None)


def moment_of(value: Any, zones: Zones, name: str) -> Moment:
    """Reads a property with one date or time. Raises `EventError`."""
    return moment_at(getattr(value, "dt", None), zones, name, _zone_name(value))


def moment_at(when: Any, zones: Zones, name: str, zone_name: str = "") -> Moment:
    if isinstance(when, dt.datetime):
        if when.tzinfo is not None and not zone_name:
            when = when.astimezone(dt.UTC)
        zone = zones.find(zone_name) if zone_name else (dt.UTC if when.tzinfo else zones.floating)
        moment = Moment(when.replace(tzinfo=None), zone, is_day=False)
    elif isinstance(when, dt.date):
        moment = Moment(dt.datetime.combine(when, dt.time()), zones.floating, is_day=True)
    else:
        raise EventError(f"{name} is no date and no time.")
    if not FIRST <= moment.local.date() <= LAST:
        raise EventError(f"{name} is in the year {moment.local.year}.")
    return moment


def _zone_name(value: Any) -> str:
    return str(getattr(value, "params", {}).get("TZID", ""))


def length_of(event: Event, start: Moment, zones: Zones) -> dt.timedelta:
    """Returns how long it is by the clock of its start. Raises `EventError`."""
    if "DTEND" in event:
        end = moment_of(event["DTEND"], zones, "DTEND")
        if end.is_day != start.is_day:
            raise EventError("DTSTART and DTEND are not of one kind: a date and a time.")
        length = end.at(start.zone) - start.local
    elif "DURATION" in event:
        given = getattr(event["DURATION"], "dt", None)
        if not isinstance(given, dt.timedelta):
            raise EventError("DURATION cannot be read.")
        length = given
    else:
        length = DAY if start.is_day else dt.timedelta()
    if length < dt.timedelta():
        raise EventError("It ends before it begins.")
    if length > LONGEST:
        raise EventError("It is longer than ten years.")
    return length


def nights_between(start: Moment, length: dt.timedelta, zone: dt.tzinfo) -> tuple[dt.date, dt.date]:
    """Returns the half-open range of nights: from the day on which it begins at the listing to
    that on which it ends, and at least one."""
    first = start.at(zone).date()
    end = start._replace(local=start.local + length)
    return first, max(end.at(zone).date(), first + DAY)
