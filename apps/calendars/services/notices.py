"""What hosts are notified of, each thing once: nights that are taken twice, nights that wait for a
second look, and feeds that cannot be read for hours."""

import datetime as dt
import uuid
from typing import Literal

from apps.calendars.enums import EventKind
from apps.calendars.ics import Window
from apps.calendars.rows import CalendarFeedRow, calendar_feeds
from apps.calendars.selectors.conflicts import conflicts_of
from apps.events.notify import notify_person
from apps.properties.nights import nights_claimed
from apps.properties.selectors import HostedListing

KIND = "calendar_problem"
REMEMBERED = 50
Variant = Literal["taken_twice", "held", "stale"]


def host_notify_changes(
    feed: CalendarFeedRow,
    listing: HostedListing,
    window: Window,
    *,
    is_overlapping: bool,
    now: dt.datetime,
) -> None:
    """In the transaction of the reading."""
    if feed["vanished"] and feed["held_at"] is not None:
        notify(feed, listing, "held", f"held:{feed['held_at']:%Y%m%dT%H%M%S}", now=now)
    if not is_overlapping:
        return
    claims = nights_claimed(listing["_id"], start=window.first, end=window.last, now=now)
    for conflict in conflicts_of(feed, claims, window):
        if conflict.kind == EventKind.RESERVED:
            about = f"twice:{conflict.booking_id}:{conflict.start}"
            notify(
                feed, listing, "taken_twice", about, now=now, night=f"{conflict.start:%-d %b %Y}"
            )


def notify(
    feed: CalendarFeedRow,
    listing: HostedListing,
    variant: Variant,
    about: str,
    *,
    now: dt.datetime,
    **values: str,
) -> None:
    """`about` is what the host is notified of once."""
    query = {"_id": feed["_id"], "notified": {"$ne": about}}
    added = {"$push": {"notified": {"$each": [about], "$slice": -REMEMBERED}}}
    if not calendar_feeds.update_one(query, added).modified_count:
        return
    notify_person(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{feed['_id']}:{about}")),
        user_id=feed["host_id"],
        kind=KIND,
        variant=variant,
        values={"listing": listing["title"], "calendar": feed["name"], **values},
        now=now,
    )
