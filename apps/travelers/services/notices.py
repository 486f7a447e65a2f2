"""What a guest is notified of: what becomes of their booking, and of their own doing what they may
want to keep."""

import datetime as dt
from collections.abc import Mapping

from apps.bookings.enums import Action, Actor, Status
from apps.events.notify import OWN, notify
from apps.events.schemas import BookingStatusUpdated
from apps.properties.selectors import listing_title

# The kind of what leaves the status as it is.
UPDATES: Mapping[str, str] = {
    Action.AGREE: "alteration_agreed",
    Action.REFUSE: "alteration_refused",
    Action.LAPSE: "alteration_lapsed",
    Action.REMIND: "stay_begins",
}


def guest_notify_confirmation(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    _notify(event, _kind_of_status(event), now=now)


def guest_notify_change(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    """Of all but confirmations, which have a topic of their own."""
    if event.actor == Actor.GUEST:
        _notify_of_own_change(event, now=now)
    elif event.new_status != event.previous_status:
        if event.new_status != Status.CONFIRMED:
            _notify(event, _kind_of_status(event), now=now)
    elif event.action in UPDATES:
        _notify(event, UPDATES[event.action], now=now)


def _notify_of_own_change(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    """Something to keep, and what their calendar follows; what they only asked for is not."""
    if event.new_status == Status.CANCELLED:
        _notify(event, _kind_of_status(event), variant=OWN, now=now)
    elif (event.action, event.new_status) == (Action.ALTER, Status.CONFIRMED):
        _notify(event, "stay_altered", reason="", now=now)


def _kind_of_status(event: BookingStatusUpdated) -> str:
    return f"booking_{event.new_status}"


def _notify(
    event: BookingStatusUpdated,
    kind: str,
    *,
    variant: str = "",
    reason: str | None = None,
    now: dt.datetime,
) -> None:
    """With the reason of the event unless another is passed."""
    notify(
        event,
        user_id=event.guest_id,
        kind=kind,
        variant=variant,
        listing_title=listing_title(event.listing_id),
        reason=event.reason if reason is None else reason,
        now=now,
    )
