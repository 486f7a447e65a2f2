"""What hosts do with their feeds."""

import datetime as dt
from typing import ClassVar

from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from apps.calendars.clients import AddressRefusedError, target_of
from apps.calendars.enums import FeedState
from apps.calendars.rows import calendar_feeds
from apps.calendars.selectors import FeedUnknownError
from apps.calendars.services.nights import nights_claim_all, until_decided, window_at
from apps.common.errors import ConflictError, InvalidInputError
from apps.properties.selectors import host_listing

MOST_FEEDS = 10


class FeedAddressError(InvalidInputError):
    field: ClassVar[str] = "url"
    sentence = "{reason}"
    sample: ClassVar = {"reason": "The address must begin with https:// or http://."}


class TooManyFeedsError(ConflictError):
    code = "TOO_MANY_FEEDS"
    sentence = (
        f"A listing can have at most {MOST_FEEDS} calendars of other sites. Remove one first."
    )


class FeedKnownError(ConflictError):
    code = "FEED_KNOWN"
    sentence = "This listing has a calendar with this address already."


def feed_add(
    *, listing_id: ObjectId, host_id: ObjectId, name: str, url: str, now: dt.datetime
) -> ObjectId:
    """Raises `ListingUnknownError`, `FeedAddressError`, `FeedKnownError` and `TooManyFeedsError`.
    The timer fetches it next."""
    host_listing(listing_id, host_id=host_id)
    try:
        site = target_of(url).site
    except AddressRefusedError as error:
        raise FeedAddressError(reason=str(error)) from error
    if calendar_feeds.count({"listing_id": listing_id}) >= MOST_FEEDS:
        raise TooManyFeedsError
    feed_id = ObjectId()
    try:
        calendar_feeds.insert_one(
            {
                "_id": feed_id,
                "listing_id": listing_id,
                "host_id": host_id,
                "name": name,
                "url": url,
                "site": site,
                "state": FeedState.NEW.value,
                "events": [],
                "report": [],
                "added": 0,
                "moved": 0,
                "removed": 0,
                "vanished": [],
                "etag": "",
                "last_modified": "",
                "failures": 0,
                "held_at": None,
                "fetched_at": None,
                "succeeded_at": None,
                "read_at": None,
                "due_at": now,
                "lease": "",
                "leased_until": now,
                "is_overlapping": False,
                "notified": [],
                "turns": 0,
                "created_at": now,
            }
        )
    except DuplicateKeyError as error:
        raise FeedKnownError from error
    return feed_id


def feed_rename(*, listing_id: ObjectId, host_id: ObjectId, feed_id: ObjectId, name: str) -> None:
    """Raises `ListingUnknownError` and `FeedUnknownError`."""
    host_listing(listing_id, host_id=host_id)
    own = {"_id": feed_id, "listing_id": listing_id, "host_id": host_id}
    if not calendar_feeds.update_one(own, {"$set": {"name": name}}).matched_count:
        raise FeedUnknownError


def feed_remove(
    *, listing_id: ObjectId, host_id: ObjectId, feed_id: ObjectId, now: dt.datetime
) -> None:
    """Frees the nights that only this feed has. Raises `ListingUnknownError` and
    `FeedUnknownError`."""

    def transaction() -> None:
        listing = host_listing(listing_id, host_id=host_id)
        own = {"_id": feed_id, "listing_id": listing_id, "host_id": host_id}
        if not calendar_feeds.delete_one(own).deleted_count:
            raise FeedUnknownError
        nights_claim_all(listing_id, window_at(listing["time_zone"], now), now=now)

    until_decided(transaction)
