"""What a host is notified of: what guests and the clock do, not what hosts and staff do."""

import datetime as dt
from collections.abc import Mapping

from apps.bookings.enums import Action, Actor
from apps.events.notify import HOST, INSTANT, notify
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.properties.selectors import listing_title

HOSTS = frozenset({Actor.OWNER, Actor.STAFF})
CHANGED = ("booking_changed", "")
# Kind and variant of what leaves the status as it is. Events from before `action` was in them are
# plain changes.
UPDATES: Mapping[str, tuple[str, str]] = {
    Action.PROPOSE: ("alteration_proposed", ""),
    Action.WITHDRAW: ("alteration_withdrawn", ""),
    Action.LAPSE: ("alteration_lapsed", HOST),
    Action.REMIND: ("stay_begins", HOST),
}


def host_notify_request(event: BookingCreated, *, now: dt.datetime) -> None:
    is_instant = event.metadata.get("instant_book") is True
    _notify(event, "booking_requested", INSTANT if is_instant else "", now=now)


def host_notify_update(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    """Of a change that leaves the status as it is."""
    if event.new_status != event.previous_status or event.actor in HOSTS:
        return
    kind, variant = UPDATES.get(event.action, CHANGED)
    _notify(event, kind, variant, message=event.message, now=now)


def host_notify_cancellation(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    if event.actor != Actor.OWNER:
        _notify(event, "booking_cancelled", HOST, now=now)


def _notify(
    event: BookingCreated | BookingStatusUpdated,
    kind: str,
    variant: str,
    *,
    message: str = "",
    now: dt.datetime,
) -> None:
    notify(
        event,
        user_id=event.host_id,
        kind=kind,
        variant=variant,
        listing_title=listing_title(event.listing_id),
        message=message,
        now=now,
    )
