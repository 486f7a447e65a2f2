"""What a host sees of a listing's calendars."""

import datetime as dt
from collections.abc import Sequence

from bson import ObjectId
from django.conf import settings

from apps.calendars.ics import Window
from apps.calendars.replies import CalendarExportReply, CalendarFeedReply, ListingCalendarsReply
from apps.calendars.rows import CalendarExportRow, CalendarFeedRow, calendar_exports, calendar_feeds
from apps.calendars.selectors.conflicts import conflicts_of
from apps.common.errors import NotFoundError
from apps.properties.house_rules import today_at
from apps.properties.nights import WINDOW_DAYS, Claim, nights_claimed
from apps.properties.selectors import host_listing, listing_terms

PATH = "/api/properties/calendars/"
ENDING = ".ics"


class FeedUnknownError(NotFoundError):
    sentence = "This listing has no such calendar of another site."


def calendars_page(
    listing_id: ObjectId, *, host_id: ObjectId, now: dt.datetime
) -> ListingCalendarsReply:
    """Raises `ListingUnknownError` for another's listing."""
    host_listing(listing_id, host_id=host_id)
    export = calendar_exports.find_one({"_id": str(listing_id)})
    feeds = list(calendar_feeds.find({"listing_id": listing_id}).sort("_id", 1))
    window = _window(listing_id, now)
    claims = _claims(feeds, listing_id, window, now)
    return ListingCalendarsReply(
        listing_id=listing_id,
        export=_export(export) if export else None,
        feeds=[_feed(feed, claims, window, now) for feed in feeds],
    )


def feed_page(
    feed_id: ObjectId, *, listing_id: ObjectId, host_id: ObjectId, now: dt.datetime
) -> CalendarFeedReply:
    """Raises `ListingUnknownError` and `FeedUnknownError`."""
    host_listing(listing_id, host_id=host_id)
    feed = calendar_feeds.find_one({"_id": feed_id, "listing_id": listing_id})
    if feed is None:
        raise FeedUnknownError
    window = _window(listing_id, now)
    return _feed(feed, _claims([feed], listing_id, window, now), window, now)


def _window(listing_id: ObjectId, now: dt.datetime) -> Window:
    today = today_at(listing_terms(listing_id), now)
    return Window(today, today + dt.timedelta(days=WINDOW_DAYS + 1))


def _claims(
    feeds: Sequence[CalendarFeedRow], listing_id: ObjectId, window: Window, now: dt.datetime
) -> list[Claim]:
    if not any(feed["is_overlapping"] for feed in feeds):
        return []
    return nights_claimed(listing_id, start=window.first, end=window.last, now=now)


def _export(row: CalendarExportRow) -> CalendarExportReply:
    address = f"{settings.SITE_URL}{PATH}{row['_id']}-{row['token']}{ENDING}"
    return CalendarExportReply.of(row, address=address)


def _feed(
    feed: CalendarFeedRow, claims: Sequence[Claim], window: Window, now: dt.datetime
) -> CalendarFeedReply:
    since = (feed["succeeded_at"] or feed["created_at"]).replace(tzinfo=dt.UTC)
    return CalendarFeedReply.of(
        feed,
        conflicts=list(conflicts_of(feed, claims, window)),
        today=window.first,
        is_stale=now - since > settings.FEED_STALE,
    )
