"""What another stay instead of the booked one would be: its nights, its price, and whether the
rules allow it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from bson import ObjectId

from apps.bookings import policies, states
from apps.bookings.enums import Action, Status
from apps.bookings.quote import Stay, stay_priced
from apps.bookings.rows import AlterationRow, BookingRow, StayRow
from apps.bookings.states import InvalidTransitionError
from apps.common.errors import ConflictError
from apps.properties.house_rules import guests_check, stay_check
from apps.properties.nights import midnight, stay_claims
from apps.properties.pricing import Line, total_of
from apps.properties.selectors import ListingTerms

TAX = "OCCUPANCY_TAX"


class DatesFixedError(InvalidTransitionError):
    sentence = "The dates of a {status} booking cannot be updated. Alter it instead."
    sample: ClassVar = {"status": "confirmed"}


class StayBegunError(ConflictError):
    code = "STAY_BEGUN"
    sentence = "The stay has begun: its dates can no longer be changed."


class AlterationNeededError(ConflictError):
    code = "ALTERATION_NEEDED"
    sentence = "That changes the price of a confirmed stay. Alter it instead."


class CurrencyChangedError(ConflictError):
    code = "CURRENCY_CHANGED"
    sentence = "The listing is priced in {currency} by now. Cancel and book again."
    sample: ClassVar = {"currency": "EUR"}


class NewStay(NamedTuple):
    stay: Stay
    lines: list[Line]
    prep_nights: int

    @property
    def total(self) -> int:
        return total_of(self.lines)

    def stored(self) -> StayRow:
        return {
            "check_in": midnight(self.stay.check_in),
            "check_out": midnight(self.stay.check_out),
            "guest_count": self.stay.guest_count,
            "prep_nights": self.prep_nights,
            "lines": self.lines,
            "total_price": self.total,
        }


def held_as(booking_id: ObjectId) -> str:
    """How the claims of a proposal's new nights are owned."""
    return f"alter:{booking_id}"


def booked_stay(booking: BookingRow) -> Stay:
    return proposed_stay(booking["listing_id"], booking)


def proposed_stay(listing_id: ObjectId, row: BookingRow | AlterationRow) -> Stay:
    return Stay(listing_id, row["check_in"].date(), row["check_out"].date(), row["guest_count"])


def requested_stay(booking: BookingRow, changes: Mapping[str, Any]) -> Stay:
    """The booked stay with the `changes` of dates and guests."""
    old = booked_stay(booking)
    return old._replace(**{name: changes[name] for name in old.requested() if name in changes})


def action_for(booking: BookingRow, terms: ListingTerms) -> Action:
    asks = booking["status"] == Status.CONFIRMED and terms["alteration_consent"]
    return Action.PROPOSE if asks else Action.ALTER


def new_stay(
    booking: BookingRow, terms: ListingTerms, stay: Stay, *, action: Action, now: dt.datetime
) -> NewStay:
    """Prices `stay` in place of the booked one. Other guests for the same nights change the tax
    alone; other nights cost what they cost now.

    Raises what `stay_check` raises, `CurrencyChangedError`, `StayBegunError`, and for an update of
    a confirmed stay `DatesFixedError` and `AlterationNeededError`.
    """
    old, kept = booked_stay(booking), booking.get("prep_nights") or 0
    if stay == old:
        return NewStay(stay, booking["lines"], kept)
    if terms["currency"] != booking["currency"]:
        raise CurrencyChangedError(currency=terms["currency"])
    if stay.dates == old.dates:
        guests_check(terms, stay.guest_count)
        new = NewStay(stay, _with_tax(booking, terms, stay), kept)
    else:
        _check_moves(booking, action, now)
        keeps = stay.check_in == old.check_in
        stay_check(terms, **stay.requested(), now=now, is_agreed=keeps)
        new = NewStay(stay, stay_priced(terms, stay).lines, terms["prep_nights"])
    if action is Action.UPDATE and new.lines != booking["lines"]:
        _check_repriced(booking)
    return new


def _with_tax(booking: BookingRow, terms: ListingTerms, stay: Stay) -> list[Line]:
    kept = [line for line in booking["lines"] if line["code"] != TAX]
    return [*kept, *(line for line in stay_priced(terms, stay).lines if line["code"] == TAX)]


def _check_moves(booking: BookingRow, action: Action, now: dt.datetime) -> None:
    status = booking["status"]
    if action is Action.UPDATE and status not in states.DATES_MOVE_WHILE:
        raise DatesFixedError(status=status, details={"status": status})
    begins = policies.check_in_at(policies.policy_kept(booking), booking["check_in"].date())
    if now >= begins:
        raise StayBegunError


def _check_repriced(booking: BookingRow) -> None:
    if booking["status"] not in states.DATES_MOVE_WHILE:
        raise AlterationNeededError


def nights_in_the_way(booking: BookingRow, new: NewStay, *, now: dt.datetime) -> list[dt.date]:
    claims = stay_claims(
        new.stay.listing_id,
        check_in=new.stay.check_in,
        check_out=new.stay.check_out,
        prep_nights=new.prep_nights,
        now=now,
    )
    own = {str(booking["_id"]), held_as(booking["_id"])}
    return [claim["night"] for claim in claims if claim["owner_id"] not in own]
