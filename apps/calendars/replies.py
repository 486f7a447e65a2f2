"""A listing's calendars as its host sees them. The address of a feed is a secret of its site: only
the site is shown."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Annotated, Protocol, Self

from bson import ObjectId
from msgspec import Meta

from apps.calendars.enums import EventKind, FeedState
from apps.calendars.rows import CalendarExportRow, CalendarFeedRow
from apps.common.replies import Id, Instant, Reply, choices, example, instant, instant_or_none

LISTING_ID = "66f1c2a4b8e0d3f5a7c91e01"
FEED = {
    "id": "66f1c2a4b8e0d3f5a7c91f01",
    "name": "Airbnb",
    "site": "www.airbnb.com",
    "state": "read",
    "is_stale": False,
    "fetched_at": "2026-11-22T08:15:00Z",
    "succeeded_at": "2026-11-22T08:15:00Z",
    "next_at": "2026-11-22T08:30:00Z",
    "events": 3,
    "nights": 12,
    "added": 1,
    "moved": 0,
    "removed": 0,
    "held": [{"start": "2027-01-04", "end": "2027-01-08", "label": "Reserved"}],
    "problems": [{"line": 12, "text": "The event cannot be read. It has no DTSTART."}],
    "conflicts": [
        {
            "start": "2026-12-24",
            "end": "2026-12-26",
            "booking_id": "66f1c2a4b8e0d3f5a7c91e55",
            "kind": "reserved",
            "label": "Reserved",
        }
    ],
}


class _Conflict(Protocol):
    @property
    def start(self) -> dt.date: ...
    @property
    def end(self) -> dt.date: ...
    @property
    def booking_id(self) -> ObjectId: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str: ...


class FeedConflictReply(Reply, frozen=True, kw_only=True, gc=False):
    start: dt.date
    end: dt.date
    booking_id: Id
    kind: Annotated[str, choices(EventKind)]
    label: str


class HeldEventReply(Reply, frozen=True, kw_only=True, gc=False):
    start: dt.date
    end: dt.date
    label: str


class FeedProblemReply(Reply, frozen=True, kw_only=True, gc=False):
    line: Annotated[int, Meta(ge=0, description="0 for the feed as a whole.")]
    text: str


@example(FEED)
class CalendarFeedReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    name: str
    site: str
    state: Annotated[str, choices(FeedState)]
    is_stale: bool
    fetched_at: Instant | None
    succeeded_at: Instant | None
    next_at: Instant
    events: Annotated[int, Meta(ge=0, description="From today on.")]
    nights: Annotated[int, Meta(ge=0, description="From today on, as far as stays can be booked.")]
    added: int
    moved: int
    removed: int
    held: Annotated[
        list[HeldEventReply],
        Meta(description="Gone from the feed, and kept until it is sure or the host says so."),
    ]
    problems: list[FeedProblemReply]
    conflicts: list[FeedConflictReply]

    @classmethod
    def of(
        cls,
        row: CalendarFeedRow,
        *,
        conflicts: Iterable[_Conflict],
        today: dt.date,
        is_stale: bool,
    ) -> Self:
        ahead = [event for event in row["events"] if event["end"].date() > today]
        vanished = frozenset(row["vanished"])
        return cls(
            id=row["_id"],
            name=row["name"],
            site=row["site"],
            state=row["state"],
            is_stale=is_stale,
            fetched_at=instant_or_none(row["fetched_at"]),
            succeeded_at=instant_or_none(row["succeeded_at"]),
            next_at=instant(row["due_at"]),
            events=len(ahead),
            nights=_nights([(e["start"].date(), e["end"].date()) for e in ahead], today),
            added=row["added"],
            moved=row["moved"],
            removed=row["removed"],
            held=[
                HeldEventReply(start=e["start"].date(), end=e["end"].date(), label=e["label"])
                for e in ahead
                if e["key"] in vanished
            ],
            problems=[
                FeedProblemReply(line=one["line"], text=one["text"]) for one in row["report"]
            ],
            conflicts=[
                FeedConflictReply(
                    start=one.start,
                    end=one.end,
                    booking_id=one.booking_id,
                    kind=one.kind,
                    label=one.label,
                )
                for one in conflicts
            ],
        )


def _nights(spans: Sequence[tuple[dt.date, dt.date]], today: dt.date) -> int:
    """Counts each night once. The spans are in the order of their starts."""
    count, counted = 0, today
    for start, end in spans:
        first = max(start, counted)
        if end > first:
            count += (end - first).days
            counted = end
    return count


class CalendarExportReply(Reply, frozen=True, kw_only=True, gc=False):
    address: str
    created_at: Instant

    @classmethod
    def of(cls, row: CalendarExportRow, *, address: str) -> Self:
        return cls(address=address, created_at=instant(row["created_at"]))


@example(
    {
        "listing_id": LISTING_ID,
        "export": {
            "address": "https://staywell.example/api/properties/calendars/66f1c2a4-secret.ics",
            "created_at": "2026-11-22T08:00:00Z",
        },
        "feeds": [FEED],
    }
)
class ListingCalendarsReply(Reply, frozen=True, kw_only=True, gc=False):
    listing_id: Id
    export: CalendarExportReply | None
    feeds: list[CalendarFeedReply]
