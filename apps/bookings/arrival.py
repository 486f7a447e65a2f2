"""Decides who may know where a stay is and how to get in, and who may write to whom: the only place
that does. What everybody sees of a listing is made without any of it
(`apps.properties.public_points`)."""

import datetime as dt
from typing import ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from bson import ObjectId

from apps.accounts.selectors import first_names
from apps.bookings.enums import Actor, Status
from apps.bookings.replies.arrivals import ArrivalReply
from apps.bookings.rows import BookingRow
from apps.bookings.selectors import BookingUnknownError, actor_of, booking_stored
from apps.common.errors import ConflictError
from apps.properties.selectors import Arrival, ListingUnknownError, listing_arrival

# Codes of doors are not for those who cancel for nothing some days before.
INSTRUCTIONS_AHEAD = dt.timedelta(days=3)


class PlaceNotShownError(ConflictError):
    code = "PLACE_NOT_SHOWN"
    sentence = "This booking is {status}. {reason}"
    sample: ClassVar = {
        "status": "pending",
        "reason": "The exact place is shown once the host has confirmed it.",
    }


class Disclosure(NamedTuple):
    """What one side of a booking may have at a time."""

    place: bool
    instructions: bool
    contact: bool


NOTHING = Disclosure(place=False, instructions=False, contact=False)


def disclosure(booking: BookingRow, actor: Actor, *, today: dt.date) -> Disclosure:
    """`today` is the date at the listing. The host knows the place, and so do staff whose right it
    is. A guest does from the confirmation to the day of leaving; how to get in they learn a few
    days before."""
    check_in, check_out = booking["check_in"].date(), booking["check_out"].date()
    stands = booking["status"] == Status.CONFIRMED and today <= check_out
    if actor is Actor.OWNER:
        return Disclosure(place=True, instructions=True, contact=stands)
    if actor is Actor.STAFF:
        return Disclosure(place=True, instructions=True, contact=False)
    if actor is Actor.GUEST and stands:
        is_near = today >= check_in - INSTRUCTIONS_AHEAD
        return Disclosure(place=True, instructions=is_near, contact=True)
    return NOTHING


def contact_allowed(booking: BookingRow, actor: Actor, *, now: dt.datetime) -> bool:
    return _disclosed(booking, actor, listing_arrival(booking["listing_id"]), now).contact


def arrival_shown(booking: BookingRow, *, actor: Actor, now: dt.datetime) -> ArrivalReply:
    """Raises `PlaceNotShownError` for a guest who may not know the place yet or any more."""
    arrival = listing_arrival(booking["listing_id"])
    shown = _disclosed(booking, actor, arrival, now)
    if not shown.place:
        raise PlaceNotShownError(status=booking["status"], reason=_reason(booking))
    return ArrivalReply(
        location=arrival.place,
        arrival_instructions=arrival.instructions if shown.instructions else None,
        instructions_from=booking["check_in"].date() - INSTRUCTIONS_AHEAD,
        check_in_time=arrival.check_in_time,
        check_in_until=arrival.check_in_until,
        time_zone=arrival.time_zone,
        contact_first_name=_other_first_name(booking, actor),
        can_contact=shown.contact,
    )


def address_shown(booking_id: str, *, person_id: ObjectId, now: dt.datetime) -> str:
    """Returns the address for an e-mail or a calendar of this person; empty where they may not know
    it at this moment, whatever they might when the e-mail was asked for."""
    if not ObjectId.is_valid(booking_id):
        return ""
    try:
        booking = booking_stored(ObjectId(booking_id))
        actor = actor_of(booking, person_id)
        place = arrival_shown(booking, actor=actor, now=now).location
    except (BookingUnknownError, ListingUnknownError, PlaceNotShownError):
        return ""
    parts = (place.address, place.city, place.state, place.country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _disclosed(booking: BookingRow, actor: Actor, arrival: Arrival, now: dt.datetime) -> Disclosure:
    return disclosure(booking, actor, today=now.astimezone(ZoneInfo(arrival.time_zone)).date())


def _reason(booking: BookingRow) -> str:
    if booking["status"] == Status.PENDING:
        return "The exact place is shown once the host has confirmed it."
    return "The exact place is shown until the day of leaving of a confirmed stay."


def _other_first_name(booking: BookingRow, actor: Actor) -> str:
    other = booking["host_id"] if actor is Actor.GUEST else booking["guest_id"]
    return first_names([other]).get(other, "")
