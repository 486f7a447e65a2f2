"""Fetches feeds and takes over what they say. One feed is fetched by one process at a time: who has
its lease. Nothing of a feed that cannot be read changes a night."""

import datetime as dt
import logging
import random
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ClassVar, cast

from bson import ObjectId
from django.conf import settings

from apps.calendars.clients import AddressRefusedError, Fetched, FetchError, feed_fetched
from apps.calendars.enums import FeedState
from apps.calendars.ics import FeedError, Reading, feed_read
from apps.calendars.metrics import FETCHES
from apps.calendars.rows import CalendarFeedRow, ReportLineRow, calendar_feeds
from apps.calendars.selectors import FeedUnknownError
from apps.calendars.services.changes import Change, change_of
from apps.calendars.services.nights import nights_claim_all, until_decided, window_at
from apps.calendars.services.notices import host_notify_changes
from apps.common.errors import ConflictError
from apps.properties.selectors import HostedListing, ListingUnknownError, host_listing

logger = logging.getLogger(__name__)
SECONDS = 8.0
LEASE = dt.timedelta(seconds=90)
AT_ONCE = 16
MOST_LINES = 20
# An unchanged feed is read again after this time: its repetitions reach further every day.
WHOLE_EVERY = dt.timedelta(hours=24)
LONGEST_WAIT = dt.timedelta(hours=6)
LONGEST_ASKED = dt.timedelta(hours=24)
# Fetches are spread: all feeds of a site that was away would come back in the same second.
SPREAD = 0.2
Clock = Callable[[], dt.datetime]


class FeedBusyError(ConflictError):
    code = "FEED_BUSY"
    sentence = "This calendar is being read at this moment. Look again in {seconds} s."
    sample: ClassVar = {"seconds": 10}


class _LeaseLostError(Exception):
    pass


def feeds_fetch_due(*, clock: Clock, seconds: float = 10.0) -> int:
    """Fetches those that are due, several at once, and begins no more after `seconds`. Returns how
    many."""
    done, until = 0, time.monotonic() + seconds
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="feeds") as pool:
        while time.monotonic() < until:
            now = clock()
            due = {"due_at": {"$lte": now}, "leased_until": {"$lte": now}}
            found = calendar_feeds.find(due, {"_id": 1}).sort("due_at", 1).limit(AT_ONCE)
            ids = [row["_id"] for row in found]
            if not ids:
                break
            done += sum(pool.map(partial(_fetch_one, clock=clock), ids))
    return done


def _fetch_one(feed_id: ObjectId, *, clock: Clock) -> int:
    try:
        feed_fetch(feed_id, clock=clock)
    except (FeedBusyError, FeedUnknownError):
        return 0
    except Exception:
        # Its lease keeps it from being tried again at once.
        logger.exception("calendars.feed_failed", extra={"feed_id": str(feed_id)})
        return 0
    return 1


def feed_fetch(feed_id: ObjectId, *, clock: Clock, seconds: float = SECONDS) -> None:
    """Fetches and takes over one feed, whatever it says. Raises `FeedUnknownError`, also for one
    whose listing is gone, and `FeedBusyError`."""
    feed = _leased(feed_id, clock())
    own = {"_id": feed_id, "lease": feed["lease"]}
    try:
        listing = host_listing(feed["listing_id"], host_id=feed["host_id"])
    except ListingUnknownError as error:
        calendar_feeds.delete_one(own)
        raise FeedUnknownError from error
    try:
        _take_over(feed, listing, _fetched(feed, clock(), seconds), clock=clock)
    except (FetchError, AddressRefusedError, FeedError) as error:
        _note_failure(feed, error, now=clock())
    except _LeaseLostError:
        raise FeedBusyError(seconds=int(LEASE.total_seconds())) from None


def _leased(feed_id: ObjectId, now: dt.datetime) -> CalendarFeedRow:
    values = {"lease": str(ObjectId()), "leased_until": now + LEASE, "fetched_at": now}
    free = {"_id": feed_id, "leased_until": {"$lte": now}}
    feed = calendar_feeds.find_one_and_update(free, {"$set": values}, return_document=True)
    if feed is not None:
        return feed
    if not calendar_feeds.exists({"_id": feed_id}):
        raise FeedUnknownError
    raise FeedBusyError(seconds=int(SECONDS) + 2)


def _fetched(feed: CalendarFeedRow, now: dt.datetime, seconds: float) -> Fetched:
    read_at = feed["read_at"]
    is_whole = read_at is None or now - read_at.replace(tzinfo=dt.UTC) >= WHOLE_EVERY
    is_settled = feed["state"] == FeedState.READ and not feed["report"] and not is_whole
    return feed_fetched(
        feed["url"],
        etag=feed["etag"] if is_settled else "",
        last_modified=feed["last_modified"] if is_settled else "",
        seconds=seconds,
    )


def _take_over(
    feed: CalendarFeedRow, listing: HostedListing, fetched: Fetched, *, clock: Clock
) -> None:
    now = clock()
    window = window_at(listing["time_zone"], now)
    reading = None
    if fetched.content is not None:
        reading = feed_read(fetched.content, time_zone=listing["time_zone"], window=window)
    due_at = now + settings.FEED_EVERY * _spread()

    def transaction() -> None:
        host_listing(feed["listing_id"], host_id=feed["host_id"])
        stored = calendar_feeds.find_one({"_id": feed["_id"], "lease": feed["lease"]})
        if stored is None:
            raise _LeaseLostError
        values: dict[str, Any] = {
            "succeeded_at": now,
            "failures": 0,
            "due_at": due_at,
            "leased_until": now,
            "lease": "",
        }
        change = _change(stored, reading, window.first, now) if reading is not None else None
        if reading is not None and change is not None:
            values |= _values(change, reading, fetched, now)
        calendar_feeds.update_one({"_id": feed["_id"]}, {"$set": values})
        overlapping = nights_claim_all(feed["listing_id"], window, now=now)
        after = cast("CalendarFeedRow", {**stored, **values})
        host_notify_changes(
            after, listing, window, is_overlapping=feed["_id"] in overlapping, now=now
        )

    until_decided(transaction)
    FETCHES.labels("unchanged" if reading is None else "read").inc()


def _change(stored: CalendarFeedRow, reading: Reading, today: dt.date, now: dt.datetime) -> Change:
    return change_of(
        stored["events"],
        reading,
        vanished=stored["vanished"],
        held_at=stored["held_at"],
        second_look=settings.FEED_SECOND_LOOK,
        today=today,
        now=now,
    )


def _values(
    change: Change, reading: Reading, fetched: Fetched, now: dt.datetime
) -> Mapping[str, Any]:
    state = FeedState.HELD if change.vanished else FeedState.READ
    lines: list[ReportLineRow] = [
        {"line": line, "text": text} for line, text in reading.problems[:MOST_LINES]
    ]
    if len(reading.problems) > MOST_LINES:
        more = len(reading.problems) - MOST_LINES
        lines.append({"line": 0, "text": f"{more} more events cannot be read."})
    return {
        **change._asdict(),
        "state": state.value,
        "report": lines,
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "read_at": now,
    }


def _note_failure(feed: CalendarFeedRow, error: Exception, *, now: dt.datetime) -> None:
    FETCHES.labels("failed").inc()
    failures = feed["failures"] + 1
    wait = min(settings.FEED_EVERY * 2 ** min(failures - 1, 10), LONGEST_WAIT) * _spread()
    asked = getattr(error, "retry_after", None)
    if asked is not None:
        wait = max(wait, min(dt.timedelta(seconds=asked), LONGEST_ASKED))
    values = {
        "state": FeedState.FAILED.value,
        "report": [{"line": 0, "text": str(error)[:400]}],
        "failures": failures,
        "due_at": now + wait,
        "leased_until": now,
        "lease": "",
    }
    own = {"_id": feed["_id"], "lease": feed["lease"]}
    calendar_feeds.update_one(own, {"$set": values})


def _spread() -> float:
    return random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311 no secret
