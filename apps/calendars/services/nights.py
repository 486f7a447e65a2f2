"""Gives the nights of a listing's feeds to them, as claims."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar
from zoneinfo import ZoneInfo

from bson import ObjectId
from pymongo.errors import BulkWriteError

from apps.calendars.ics import Window
from apps.calendars.rows import calendar_feeds
from apps.common import mongo
from apps.properties.nights import WINDOW_DAYS, nights_of
from apps.properties.services import FEED, nights_mirror

T = TypeVar("T")
TRIES = 5
SECONDS = 30


def window_at(time_zone: str, now: dt.datetime) -> Window:
    """Returns the nights that can be sold, from today at the listing on."""
    today = now.astimezone(ZoneInfo(time_zone)).date()
    return Window(today, today + dt.timedelta(days=WINDOW_DAYS + 1))


def nights_claim_all(listing_id: ObjectId, window: Window, *, now: dt.datetime) -> set[ObjectId]:
    """Returns the feeds of which others have some nights.

    Belongs in the transaction of what changed. A night that several feeds have is one's. Two of
    a listing's feeds must not do this at once, since each decides by what both have: they write
    the same rows first, so one of them starts anew."""
    calendar_feeds.update_many({"listing_id": listing_id}, {"$inc": {"turns": 1}})
    wanted: dict[dt.date, set[str]] = defaultdict(set)
    nights: dict[ObjectId, set[dt.date]] = {}
    for feed in calendar_feeds.find({"listing_id": listing_id}, {"events": 1}):
        nights[feed["_id"]] = {
            night
            for event in feed["events"]
            for night in nights_of(
                max(event["start"].date(), window.first), min(event["end"].date(), window.last)
            )
        }
        for night in nights[feed["_id"]]:
            wanted[night].add(f"{FEED}{feed['_id']}")
    others = nights_mirror(listing_id, wanted=wanted, start=window.first, end=window.last, now=now)
    overlapping = {key for key, own in nights.items() if own & others}
    for is_overlapping, ids in ((True, overlapping), (False, nights.keys() - overlapping)):
        if ids:
            changed = {"_id": {"$in": list(ids)}, "is_overlapping": not is_overlapping}
            calendar_feeds.update_many(changed, {"$set": {"is_overlapping": is_overlapping}})
    return overlapping


def until_decided(transaction: Callable[[], T]) -> T:
    """Tries again when somebody claims a night between the read and the claim: the next read sees
    it."""
    for _ in range(TRIES - 1):
        try:
            return mongo.run_in_transaction(transaction, seconds=SECONDS)
        except BulkWriteError as error:
            if mongo.duplicate_index(error) is None:
                raise
    return mongo.run_in_transaction(transaction, seconds=SECONDS)
