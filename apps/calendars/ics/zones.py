"""Time zones by the names that calendars give them: those of the zone database, of Windows, and
those that a feed describes itself."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from apps.calendars.ics.events import EventError

UTC_NAMES = {"UTC", "GMT", "Z", "ETC/UTC"}


@cache
def _known() -> Mapping[str, str]:
    names = {name.casefold(): name for name in available_timezones()}
    windows = {name.casefold(): olson for name, olson in WINDOWS_TO_OLSON.items()}
    return {**windows, **names}


class Zones:
    """`floating` is the listing's; `described` maps zones of the feed to their offsets."""

    def __init__(self, floating: dt.tzinfo, described: Mapping[str, int]) -> None:
        self.floating, self._described = floating, described

    def find(self, name: str) -> dt.tzinfo:
        """Raises `EventError`."""
        wanted = name.strip().strip('"')
        if wanted.upper() in UTC_NAMES:
            return dt.UTC
        if zone := _by_name(wanted):
            return zone
        if wanted in self._described:
            return dt.timezone(dt.timedelta(seconds=self._described[wanted]))
        raise EventError(f'The time zone "{wanted[:60]}" is not known.')


def _by_name(name: str) -> ZoneInfo | None:
    """Also of `/freeassociation.sourceforge.net/Europe/Berlin`, as some programs write it."""
    parts = name.strip("/").split("/")
    for at in range(len(parts)):
        found = _known().get("/".join(parts[at:]).casefold())
        if found and (at == 0 or "/" in found):
            return ZoneInfo(found)
    return None
