"""Before a stay is booked at once, the calendars of other sites are read if they are old."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from bson import ObjectId
from django.conf import settings

from apps.calendars.rows import CalendarFeedRow, calendar_feeds
from apps.calendars.selectors import FeedUnknownError
from apps.calendars.services.fetching import FeedBusyError, feed_fetch
from apps.calendars.services.watching import listing_claim

# A guest waits for the answer.
SECONDS = 3.0
KNOWN = {"succeeded_at": 1, "failures": 1, "due_at": 1, "is_overlapping": 1, "host_id": 1}
_fetches = ThreadPoolExecutor(max_workers=8, thread_name_prefix="feed-before-booking")


def feeds_refresh(listing_id: ObjectId, *, clock: Callable[[], dt.datetime]) -> bool:
    """Returns whether all feeds of the listing are fresh, after fetching old ones for at most
    `SECONDS`; one that failed is left to its next time. Belongs outside of transactions."""
    now = clock()
    feeds = list(calendar_feeds.find({"listing_id": listing_id}, KNOWN))
    if any(feed["is_overlapping"] for feed in feeds):
        listing_claim(listing_id, host_id=feeds[0]["host_id"], now=now)
    old = [feed for feed in feeds if not _is_fresh(feed, now)]
    if not old:
        return True
    if any(feed["failures"] and feed["due_at"].replace(tzinfo=dt.UTC) > now for feed in old):
        return False
    begun = [_fetches.submit(_fetch, feed["_id"], clock) for feed in old]
    wait(begun, timeout=SECONDS)
    for one in begun:
        one.cancel()
    again = calendar_feeds.find({"listing_id": listing_id}, KNOWN)
    return all(_is_fresh(feed, now) for feed in again)


def _fetch(feed_id: ObjectId, clock: Callable[[], dt.datetime]) -> None:
    try:
        feed_fetch(feed_id, clock=clock, seconds=SECONDS)
    except (FeedBusyError, FeedUnknownError):
        return


def _is_fresh(feed: CalendarFeedRow, now: dt.datetime) -> bool:
    succeeded = feed["succeeded_at"]
    return succeeded is not None and now - succeeded.replace(tzinfo=dt.UTC) < settings.FEED_FRESH
