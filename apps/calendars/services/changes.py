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
    held_at: dt.datetime | None,
    second_look: dt.timedelta,
    today: dt.date,
    now: dt.datetime,
) -> Change:
    """Events come and move at once. Those that vanish go, unless the feed is empty now, or many
    vanish at once for the first time; of a feed that cannot be read as a whole none goes."""
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
    is_many = len(gone) >= MANY and 2 * len(gone) > ahead
    seen_before = held_at is not None and now - held_at.replace(tzinfo=dt.UTC) >= second_look
    if not read or (is_many and not seen_before):
        vanished = sorted(gone)
        return Change(_sorted({**gone, **read}), added, moved, 0, vanished, held_at or now)
    return Change(_sorted(read), added, moved, len(gone), [], None)


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
