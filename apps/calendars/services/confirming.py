"""A host says that what vanished from a feed is really free."""

import datetime as dt

from bson import ObjectId

from apps.calendars.enums import FeedState
from apps.calendars.rows import calendar_feeds
from apps.calendars.selectors import FeedUnknownError
from apps.calendars.services.nights import nights_claim_all, until_decided, window_at
from apps.common.errors import ConflictError
from apps.properties.selectors import host_listing


class NothingHeldError(ConflictError):
    code = "NOTHING_HELD"
    sentence = "Nothing of this calendar waits for your answer any more. Look at it again."


def feed_confirm(
    *, listing_id: ObjectId, host_id: ObjectId, feed_id: ObjectId, now: dt.datetime
) -> None:
    """Raises `ListingUnknownError`, `FeedUnknownError` and `NothingHeldError`."""
    own = {"_id": feed_id, "listing_id": listing_id, "host_id": host_id}

    def transaction() -> None:
        listing = host_listing(listing_id, host_id=host_id)
        feed = calendar_feeds.find_one(own)
        if feed is None:
            raise FeedUnknownError
        if not feed["vanished"]:
            raise NothingHeldError
        vanished = frozenset(feed["vanished"])
        values = {
            "events": [event for event in feed["events"] if event["key"] not in vanished],
            "state": FeedState.READ.value,
            "vanished": [],
            "held_at": None,
            "removed": len(vanished),
        }
        calendar_feeds.update_one(own, {"$set": values})
        nights_claim_all(listing_id, window_at(listing["time_zone"], now), now=now)

    until_decided(transaction)
