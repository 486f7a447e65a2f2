"""Writes of this app: `feeds` and `exports` are the hosts', `fetching` and `watching` the timer's,
`freshness` is asked by bookings."""

from apps.calendars.services.confirming import NothingHeldError, feed_confirm
from apps.calendars.services.exports import (
    ExportUnknownError,
    export_read,
    export_renew,
    export_revoke,
)
from apps.calendars.services.feeds import (
    FeedAddressError,
    FeedKnownError,
    TooManyFeedsError,
    feed_add,
    feed_remove,
    feed_rename,
)
from apps.calendars.services.fetching import FeedBusyError, feed_fetch, feeds_fetch_due
from apps.calendars.services.freshness import feeds_refresh
from apps.calendars.services.watching import feeds_watch

__all__ = [
    "ExportUnknownError",
    "FeedAddressError",
    "FeedBusyError",
    "FeedKnownError",
    "NothingHeldError",
    "TooManyFeedsError",
    "export_read",
    "export_renew",
    "export_revoke",
    "feed_add",
    "feed_confirm",
    "feed_fetch",
    "feed_remove",
    "feed_rename",
    "feeds_fetch_due",
    "feeds_refresh",
    "feeds_watch",
]
