"""The stay of a booking is replaced: at once, or first as a proposal whose new nights are held
until the host answers."""

import datetime as dt
from typing import Any

from bson import ObjectId
from django.conf import settings

from apps.bookings import policies
from apps.bookings.rows import AlterationRow, BookingRow
from apps.bookings.services.new_stay import NewStay, booked_stay, held_as, proposed_stay
from apps.common.errors import ConflictError
from apps.properties.services import nights_move, nights_propose


class ProposalLapsedError(ConflictError):
    code = "ALTERATION_LAPSED"
    sentence = "The proposal has expired."


def stay_replace(before: BookingRow, new: NewStay, *, now: dt.datetime) -> dict[str, Any]:
    """Claims the new stay's nights, releases the old ones, and returns what is stored of it."""
    stay = new.stay
    if stay.dates != booked_stay(before).dates:
        nights_move(
            listing_id=stay.listing_id,
            owner_id=str(before["_id"]),
            held_as=held_as(before["_id"]),
            check_in=stay.check_in,
            check_out=stay.check_out,
            prep_nights=new.prep_nights,
            now=now,
        )
    return {
        **new.stored(),
        "alteration": None,
        **({"reminded_at": None} if stay.check_in != before["check_in"].date() else {}),
    }


def proposal_make(
    before: BookingRow, new: NewStay, *, payment_id: ObjectId | None, now: dt.datetime
) -> AlterationRow:
    """Holds the new stay's nights until the host must answer, and returns what is stored of it."""
    stay = new.stay
    begins = policies.check_in_at(policies.policy_kept(before), before["check_in"].date())
    expires_at = min(now + settings.ALTERATION_TTL, begins)
    nights_propose(
        listing_id=stay.listing_id,
        owner_id=str(before["_id"]),
        held_as=held_as(before["_id"]),
        check_in=stay.check_in,
        check_out=stay.check_out,
        prep_nights=new.prep_nights,
        expires_at=expires_at,
        now=now,
    )
    return {
        **new.stored(),
        "payment_id": str(payment_id) if payment_id else None,
        "proposed_at": now,
        "expires_at": expires_at,
    }


def proposal_of(booking: BookingRow) -> AlterationRow:
    """Returns what the guest proposes, where the state table says that it waits."""
    proposal = booking.get("alteration")
    assert proposal is not None
    return proposal


def proposal_accept(before: BookingRow, *, now: dt.datetime) -> dict[str, Any]:
    """`stay_replace` by what the guest proposed; raises `ProposalLapsedError`."""
    proposal = proposal_of(before)
    if proposal["expires_at"].replace(tzinfo=dt.UTC) <= now:
        raise ProposalLapsedError
    stay = proposed_stay(before["listing_id"], proposal)
    new = NewStay(stay, proposal["lines"], proposal["prep_nights"])
    return stay_replace(before, new, now=now)
