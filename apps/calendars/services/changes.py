"""What a reading of a feed changes of what was known of it: decided here, without a database."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from apps.calendars.ics import FeedEvent, Reading
from apps.calendars.rows import ImportedEventRow
from apps.properties.nights import midnight

# From so many events on, more than half of those ahead are many at once.
MANY = 3


class Change(NamedTuple):
    """`events` are those that count from now on; `vanished` are the keys of those among them that
    the feed does not have any more, held since `held_at`."""

    events: list[ImportedEventRow]
    added: int
    moved: int
    removed: int
    vanished: list[str]
    held_at: dt.datetime | None


def change_of(
    stored: Sequence[ImportedEventRow],
    reading: Reading,
    *,
    vanished: Sequence[str],
    held_at: dt.datetime | None,
    second_look: dt.timedelta,
    today: dt.date,
    now: dt.datetime,
) -> Change:
    """Events come and move at once. Those that vanish go, unless the feed is empty now, or many
    vanish at once: these must be gone in a second look too. Of a feed that cannot be read as a
    whole none goes. `vanished` and `held_at` are those of the last change."""
    read = events_of(reading.events)
    before = {row["key"]: row for row in stored}
    gone = {
        key: row for key, row in before.items() if key not in read and row["end"].date() > today
    }
    added = sum(key not in before for key in read)
    moved = sum(key in before and _nights(row) != _nights(before[key]) for key, row in read.items())
    ahead = sum(row["end"].date() > today for row in stored)
    if reading.problems or not gone:
        return Change(_sorted({**gone, **read}), added, moved, 0, [], None)
    seen = frozenset(vanished) if held_at and _is_over(held_at, second_look, now) else frozenset()
    fresh = gone.keys() - seen
    is_many = len(fresh) >= MANY and 2 * len(fresh) > ahead
    is_waiting = bool(vanished) and not seen
    if not read or is_many or is_waiting:
        held = gone.keys() if not read else fresh
        kept = {key: row for key, row in gone.items() if key in held}
        since = held_at if held_at and (is_waiting or not read) else now
        gone_for_good = len(gone) - len(held)
        return Change(_sorted({**kept, **read}), added, moved, gone_for_good, sorted(held), since)
    return Change(_sorted(read), added, moved, len(gone), [], None)


def _is_over(held_at: dt.datetime, second_look: dt.timedelta, now: dt.datetime) -> bool:
    return now - held_at.replace(tzinfo=dt.UTC) >= second_look


def events_of(events: Iterable[FeedEvent]) -> dict[str, ImportedEventRow]:
    """Two of one identity are one that has the nights of both."""
    found: dict[str, ImportedEventRow] = {}
    for event in events:
        row: ImportedEventRow = {
            "key": event.key,
            "start": midnight(event.start),
            "end": midnight(event.end),
            "kind": event.kind.value,
            "label": event.label,
        }
        other = found.get(event.key)
        if other is not None:
            row["start"] = min(row["start"], other["start"])
            row["end"] = max(row["end"], other["end"])
        found[event.key] = row
    return found


def _nights(row: ImportedEventRow) -> tuple[dt.datetime, dt.datetime]:
    return row["start"], row["end"]


def _sorted(rows: Mapping[str, ImportedEventRow]) -> list[ImportedEventRow]:
    return sorted(rows.values(), key=lambda row: (row["start"], row["end"], row["key"]))
