"""Nights that a booking here and an event elsewhere both have."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bson import ObjectId

from apps.calendars.ics import Window, key_of
from apps.calendars.rows import CalendarFeedRow
from apps.calendars.selectors.busy import DAY, booking_uid
from apps.properties.enums import ClaimKind
from apps.properties.nights import Claim


class Conflict(NamedTuple):
    """The nights [start, end) of both. `kind` and `label` are the event's."""

    start: dt.date
    end: dt.date
    booking_id: ObjectId
    kind: str
    label: str


def conflicts_of(
    feed: CalendarFeedRow, claims: Sequence[Claim], window: Window
) -> Iterator[Conflict]:
    """Passes over our own bookings that come back under the UID that we gave them."""
    booked = [claim for claim in claims if _is_booking(claim)]
    own = {key_of(booking_uid(claim["owner_id"])): claim["owner_id"] for claim in booked}
    for event in feed["events"]:
        first = max(event["start"].date(), window.first)
        last = min(event["end"].date(), window.last)
        both: dict[str, list[dt.date]] = {}
        for claim in booked:
            if first <= claim["night"] < last and own.get(event["key"]) != claim["owner_id"]:
                both.setdefault(claim["owner_id"], []).append(claim["night"])
        for owner, nights in both.items():
            yield Conflict(
                nights[0], nights[-1] + DAY, ObjectId(owner), event["kind"], event["label"]
            )


def _is_booking(claim: Claim) -> bool:
    return claim["kind"] == ClaimKind.BOOKING and ObjectId.is_valid(claim["owner_id"])
