"""Looks at what no fetch would: feeds that have become too old, and nights that became free of
another claim."""

import datetime as dt

from bson import ObjectId
from django.conf import settings

from apps.calendars.metrics import FEEDS
from apps.calendars.rows import CalendarFeedRow, calendar_feeds
from apps.calendars.services.nights import nights_claim_all, until_decided, window_at
from apps.calendars.services.notices import notify
from apps.common import mongo
from apps.properties.selectors import ListingUnknownError, host_listing

MOST = 500


def feeds_watch(*, now: dt.datetime) -> int:
    """Returns how many feeds are stale."""
    overlapping = calendar_feeds.find({"is_overlapping": True}, {"listing_id": 1, "host_id": 1})
    for listing_id, host_id in {(row["listing_id"], row["host_id"]) for row in overlapping}:
        listing_claim(listing_id, host_id=host_id, now=now)
    stale = stale_query(now)
    for feed in calendar_feeds.find(stale, {"events": 0, "report": 0}).limit(MOST):
        _notify_stale(feed, now=now)
    count = calendar_feeds.count(stale)
    FEEDS.labels("all").set(calendar_feeds.count({}))
    FEEDS.labels("stale").set(count)
    return count


def listing_claim(listing_id: ObjectId, *, host_id: ObjectId, now: dt.datetime) -> None:
    """Claims for the feeds what is free of others by now."""

    def transaction() -> None:
        listing = host_listing(listing_id, host_id=host_id)
        nights_claim_all(listing_id, window_at(listing["time_zone"], now), now=now)

    try:
        until_decided(transaction)
    except ListingUnknownError:
        gone = {"listing_id": listing_id, "host_id": host_id}
        calendar_feeds.delete_many(gone)


def stale_query(now: dt.datetime) -> dict[str, object]:
    before = now - settings.FEED_STALE
    never = {"succeeded_at": None, "created_at": {"$lt": before}}
    return {"$or": [{"succeeded_at": {"$lt": before, "$ne": None}}, never]}


def _notify_stale(feed: CalendarFeedRow, *, now: dt.datetime) -> None:
    since = feed["succeeded_at"] or feed["created_at"]
    about = f"stale:{since:%Y%m%dT%H%M%S}"
    if about in feed["notified"]:
        return

    def transaction() -> None:
        listing = host_listing(feed["listing_id"], host_id=feed["host_id"])
        notify(feed, listing, "stale", about, now=now, since=f"{since:%-d %b %Y, %H:%M} UTC")

    try:
        mongo.run_in_transaction(transaction)
    except ListingUnknownError:
        calendar_feeds.delete_one({"_id": feed["_id"]})
