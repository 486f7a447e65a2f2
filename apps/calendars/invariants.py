"""What must hold of feeds and the nights that they have. Reads only, for quiet systems."""

import datetime as dt
from collections.abc import Iterator

from apps.calendars.rows import calendar_feeds
from apps.properties.nights import WINDOW_DAYS, nights_claimed, nights_of
from apps.properties.services import FEED

# Days around today that a time zone, and a timer that has not run yet, may shift.
MARGIN = dt.timedelta(days=2)


def feeds_known() -> set[str]:
    """Returns how the claims of all feeds are owned."""
    return {f"{FEED}{row['_id']}" for row in calendar_feeds.find({}, {"_id": 1})}


def feeds_unclaimed(*, now: dt.datetime) -> Iterator[str]:
    """Yields feeds with a night that could be sold, and those that keep a night that no feed of
    theirs has."""
    start, end = now.date() + MARGIN, now.date() + dt.timedelta(days=WINDOW_DAYS) - MARGIN
    for feed in calendar_feeds.find({}, {"listing_id": 1, "events": 1}):
        nights = {
            night
            for event in feed["events"]
            for night in nights_of(max(event["start"].date(), start), min(event["end"].date(), end))
        }
        claims = nights_claimed(feed["listing_id"], start=start, end=end, now=now)
        taken = {claim["night"] for claim in claims}
        own = {claim["night"] for claim in claims if claim["owner_id"] == f"{FEED}{feed['_id']}"}
        if nights - taken or own - nights:
            yield str(feed["_id"])
