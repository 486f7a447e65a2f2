"""A feed's bytes -> the nights that it takes, and what of it cannot be read."""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from icalendar import Event

from apps.calendars.enums import EventKind
from apps.calendars.ics.events import EventError, FeedError, FeedEvent, Problem, Reading
from apps.calendars.ics.lines import BUSY, READ, SKIPPED, Block, blocks, zone_offset
from apps.calendars.ics.repeats import Window, is_repeated, original_of, starts_of
from apps.calendars.ics.times import Moment, length_of, moment_of, nights_between
from apps.calendars.ics.zones import Zones

# How other sites call nights that they do not sell, without a guest.
CLOSED = ("not available", "unavailable", "blocked", "closed")
LONGEST_UID, LONGEST_LABEL = 400, 80
MOST_NIGHTS_EVENTS = 5000
PROCESSOR_SECONDS = 10.0
WANTED = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "STATUS")
ONCE = {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "STATUS"}


class _Read(NamedTuple):
    """An event that can be used, as it stands in the feed."""

    line: int
    event: Event
    uid: str
    start: Moment
    length: dt.timedelta
    original: Moment | None
    sequence: int
    is_taken: bool


def feed_read(content: bytes, *, time_zone: str, window: Window) -> Reading:
    """Reads the events whose nights are in `window`, at a listing in `time_zone`; one that is known
    twice counts as its newer form says. Raises `FeedError`."""
    found = blocks(content)
    zone = ZoneInfo(time_zone)
    zones = Zones(zone, _described(found))
    reading, until = Reading(), time.process_time() + PROCESSOR_SECONDS
    by_uid: dict[str, list[_Read]] = defaultdict(list)
    for block in found:
        if block.name == BUSY:
            problem = Problem(block.line, "VFREEBUSY is not read: only events are.")
            reading.problems.append(problem)
        elif block.name == READ:
            _within(until)
            try:
                one = _read(block, zones)
            except EventError as error:
                reading.problems.append(Problem(block.line, str(error)))
                continue
            by_uid[one.uid].append(one)
    for events in by_uid.values():
        _within(until)
        _add(reading, events, zones, window)
    if len(reading.events) > MOST_NIGHTS_EVENTS:
        raise FeedError(f"With its repetitions the feed has over {MOST_NIGHTS_EVENTS:,} events.")
    return reading


def _within(until: float) -> None:
    if time.process_time() > until:
        raise FeedError("The feed takes too long to read: it has too many repetitions.")


def _described(found: list[Block]) -> dict[str, int]:
    offsets = {}
    for block in found:
        if block.name == SKIPPED:
            named = (line for line in block.lines if line.upper().startswith("TZID"))
            offset = zone_offset(block)
            if offset is not None:
                offsets[next(named, "").partition(":")[2].strip()] = offset
    return offsets


def _read(block: Block, zones: Zones) -> _Read:
    try:
        event = cast("Event", Event.from_ical(block.text))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise EventError("This event cannot be read.") from error
    uid = str(event.get("UID", "")).strip()[:LONGEST_UID]
    name = f' "{uid[:60]}"' if uid else ""
    try:
        return _usable(block, event, uid, zones)
    except EventError as error:
        raise EventError(f"The event{name} cannot be read. {error}") from error
    except (OverflowError, ValueError) as error:
        raise EventError(
            f"The event{name} cannot be read. A date in it is too far away."
        ) from error


def _usable(block: Block, event: Event, uid: str, zones: Zones) -> _Read:
    _check(event)
    if "DTSTART" not in event:
        raise EventError("It has no DTSTART.")
    start = moment_of(event["DTSTART"], zones, "DTSTART")
    length = length_of(event, start, zones)
    original = None
    if "RECURRENCE-ID" in event:
        if "RANGE" in event["RECURRENCE-ID"].params:
            raise EventError("RECURRENCE-ID with RANGE is not supported.")
        original = moment_of(event["RECURRENCE-ID"], zones, "RECURRENCE-ID")
    # Without a UID its times are all that it can be known by.
    uid = uid or f"without UID {start.local.isoformat()} {length}"
    return _Read(
        block.line, event, uid, start, length, original, _sequence(event), _is_taken(event)
    )


def _check(event: Event) -> None:
    """Raises `EventError` where a property that matters is broken or stands there twice."""
    for name, text in event.errors:
        if name is None or str(name).upper() in WANTED:
            raise EventError(f"{name or 'A line'}: {str(text)[:120]}.")
    twice = next((name for name in ONCE if isinstance(event.get(name), list)), None)
    if twice:
        raise EventError(f"It has {twice} more than once.")


def _sequence(event: Event) -> int:
    text = str(event.get("SEQUENCE", "0"))
    return int(text) if text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 digits of 32 bits


def _is_taken(event: Event) -> bool:
    """Whether it keeps others from sleeping there: not cancelled, and not marked as free."""
    busy = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    return (
        str(event.get("STATUS", "")).upper() != "CANCELLED"
        and str(event.get("TRANSP", "")).upper() != "TRANSPARENT"
        and busy != "FREE"
    )


def _add(reading: Reading, events: list[_Read], zones: Zones, window: Window) -> None:
    """Adds the events of one UID: those that stand alone, the repetition, and its exceptions."""
    moved: dict[dt.datetime, _Read] = {}
    plain = [one for one in events if one.original is None]
    newest = max((one.sequence for one in plain), default=0)
    plain = [one for one in plain if one.sequence == newest]
    for one in sorted(events, key=lambda one: one.sequence):
        if one.original is not None:
            moved[original_of(one.original, plain[0].start if plain else one.original)] = one
    for at, one in enumerate(plain):
        # Two events of one UID are both believed: of the second, the start is part of its name.
        known_as = "" if at == 0 else one.start.local.isoformat()
        try:
            reading.events += _occurrences(one, moved, known_as, zones, window)
        except EventError as error:
            text = f'The event "{one.uid[:60]}" cannot be read. {error}'
            reading.problems.append(Problem(one.line, text))
    for original, one in moved.items():
        reading.events += _nights(one, one.start, original.isoformat(), zones, window)


def _occurrences(
    one: _Read, moved: dict[dt.datetime, _Read], known_as: str, zones: Zones, window: Window
) -> list[FeedEvent]:
    if not is_repeated(one.event):
        return list(_nights(one, one.start, known_as, zones, window))
    starts = starts_of(one.event, one.start, one.length, zones=zones, window=window)
    return [
        event
        for start in starts
        if start.local not in moved
        for event in _nights(one, start, start.local.isoformat(), zones, window)
    ]


def _nights(
    one: _Read, start: Moment, recurrence: str, zones: Zones, window: Window
) -> Iterator[FeedEvent]:
    if not one.is_taken:
        return
    first, last = nights_between(start, one.length, zones.floating)
    if first < window.last and last > window.first:
        label = _label(one.event)
        yield FeedEvent(one.uid, recurrence, first, last, _kind(label), label)


def _label(event: Event) -> str:
    text: Any = event.get("SUMMARY", "")
    text = text[0] if isinstance(text, list) else text
    return "".join(c for c in " ".join(str(text).split()) if c.isprintable())[:LONGEST_LABEL]


def _kind(label: str) -> EventKind:
    said = label.casefold()
    return EventKind.CLOSED if any(word in said for word in CLOSED) else EventKind.RESERVED
