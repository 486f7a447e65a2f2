"""What the booking topics do for an owner: they are told, and their figures are kept. The facts
are written outside the transaction, which may run again: writing them again changes nothing. They
are written last, so that an event which the handler refuses leaves none."""

import datetime as dt
from collections.abc import Mapping

from apps.bookings.enums import Action, Actor
from apps.bookings.events import stay_text
from apps.events.consumer import Handlers
from apps.events.notify import notify
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.events.topics import BOOKING_CANCELLATIONS, BOOKING_REQUESTS, BOOKING_UPDATES
from apps.owners.services import fact_of, facts_write

HOSTS = frozenset({Actor.OWNER, Actor.STAFF})
# Kind, title and what follows the stay, for what leaves the status as it is.
UPDATES: Mapping[str, tuple[str, str, str]] = {
    Action.UPDATE: ("booking_changed", "A guest changed a booking", "{message}."),
    Action.ALTER: ("booking_changed", "A guest changed a booking", "{message}."),
    Action.PROPOSE: (
        "alteration_proposed",
        "A guest asks to change a stay",
        "{message}. Answer within 24 hours.",
    ),
    Action.WITHDRAW: (
        "alteration_withdrawn",
        "A guest no longer asks for a change",
        "The stay is as it was booked.",
    ),
    Action.LAPSE: (
        "alteration_lapsed",
        "A guest's wish for a change was not answered",
        "The stay is as it was booked.",
    ),
    Action.REMIND: ("stay_begins", "A guest arrives soon", "Is everything ready?"),
}


def request_made(event: BookingCreated, *, now: dt.datetime) -> None:
    fact = fact_of(event)
    tell_of_request(event, now=now)
    facts_write([fact])


def booking_changed(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    fact = fact_of(event)
    if event.new_status == event.previous_status and event.actor not in HOSTS:
        tell_of_update(event, now=now)
    facts_write([fact])


def tell_of_request(event: BookingCreated, *, now: dt.datetime) -> None:
    is_instant = event.metadata.get("instant_book") is True
    notify(
        event,
        user_id=event.host_id,
        kind="booking_requested",
        title="New booking" if is_instant else "New booking request",
        stay=stay_text(event),
        note="It is confirmed already." if is_instant else "Answer within 24 hours.",
        now=now,
    )


def tell_of_update(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    """Events of before `action` was told are updates."""
    kind, title, more = UPDATES.get(event.action, UPDATES[Action.UPDATE])
    notify(
        event,
        user_id=event.host_id,
        kind=kind,
        title=title,
        stay=stay_text(event),
        note=more.format(message=event.message),
        now=now,
    )


def tell_of_cancellation(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    if event.actor == Actor.OWNER:
        return
    notify(
        event,
        user_id=event.host_id,
        kind="booking_cancelled",
        title="A booking was cancelled",
        stay=stay_text(event),
        note="The nights are free again.",
        now=now,
    )


HANDLERS: Handlers = {
    BOOKING_REQUESTS: {BookingCreated: request_made},
    BOOKING_UPDATES: {BookingStatusUpdated: booking_changed},
    BOOKING_CANCELLATIONS: {BookingStatusUpdated: tell_of_cancellation},
}
