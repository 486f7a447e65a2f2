"""Writes of bookings. Every change, its event and its nights are one transaction."""

import datetime as dt
from typing import Any, NamedTuple

from bson import ObjectId
from django.conf import settings
from pymongo import ReturnDocument

from apps.bookings import events, quote, states
from apps.bookings.enums import Action, Actor, PaymentStatus, Status
from apps.common import mongo
from apps.common.errors import ConflictError, NotFoundError
from apps.properties.enums import ClaimKind
from apps.properties.nights import midnight
from apps.properties.selectors import listing_summary, listing_terms
from apps.properties.services import nights_claim, nights_release


class Requested(NamedTuple):
    """The booking as it is stored, and the summary of its listing."""

    booking: dict[str, Any]
    listing: dict[str, Any]


def booking_request(
    *,
    guest_id: ObjectId,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
    special_requests: str = "",
) -> Requested:
    """Stores a pending booking with its nights and its event.

    Raises `NotFoundError`, `InvalidInputError` for the listing's rules, and `NightsTakenError`.
    """

    def transaction() -> Requested:
        terms = listing_terms(listing_id)
        quote.stay_check(
            terms, check_in=check_in, check_out=check_out, guest_count=guest_count, now=now
        )
        lines = quote.price_lines(terms, nights=(check_out - check_in).days)
        booking = {
            "_id": ObjectId(),
            "listing_id": listing_id,
            "guest_id": guest_id,
            "host_id": terms["host_id"],
            "check_in": midnight(check_in),
            "check_out": midnight(check_out),
            "guest_count": guest_count,
            "special_requests": special_requests,
            "lines": lines,
            "total_price": quote.total_of(lines),
            "currency": terms["currency"],
            "status": Status.PENDING.value,
            "payment_status": PaymentStatus.UNPAID.value,
            "cancellation_reason": None,
            "version": 1,
            "history": [_change(Action.REQUEST, "", Status.PENDING, Actor.GUEST, guest_id, now)],
            "expires_at": now + settings.BOOKING_REQUEST_TTL,
            "created_at": now,
            "updated_at": now,
        }
        nights_claim(
            listing_id=listing_id,
            check_in=check_in,
            check_out=check_out,
            kind=ClaimKind.BOOKING,
            owner_id=str(booking["_id"]),
            now=now,
        )
        mongo.collection("bookings").insert_one(booking, session=mongo.session())
        events.booking_created(booking, now=now)
        return Requested(booking, listing_summary(terms))

    return mongo.run_in_transaction(transaction)


def booking_change(
    *,
    booking_id: ObjectId,
    action: Action,
    actor: Actor,
    now: dt.datetime,
    actor_id: ObjectId | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """Every change of a booking's state, as a compare and set on its status and version.

    Raises `ConflictError` that says what is allowed where the table does not have the change.
    """

    def transaction() -> dict[str, Any]:
        bookings, session = mongo.collection("bookings"), mongo.session()
        before = bookings.find_one({"_id": booking_id}, session=session)
        if before is None:
            raise NotFoundError("There is no such booking.")
        target = _target(Status(before["status"]), action, actor)
        change = _change(action, before["status"], target, actor, actor_id, now, reason)
        values = {"status": target.value, "expires_at": None, "updated_at": now}
        if target is Status.CANCELLED:
            values["cancellation_reason"] = reason or None
        after = bookings.find_one_and_update(
            {"_id": booking_id, "status": before["status"], "version": before["version"]},
            {"$set": values, "$inc": {"version": 1}, "$push": {"history": change}},
            return_document=ReturnDocument.AFTER,
            session=session,
        )
        if after is None:
            raise ConflictError("The booking changed just now. Look at it again.")
        if target in states.RELEASES_NIGHTS:
            nights_release(owner_id=str(booking_id))
        events.booking_status_updated(after, change, now=now)
        return after

    return mongo.run_in_transaction(transaction)


def _target(status: Status, action: Action, actor: Actor) -> Status:
    target = states.TRANSITIONS.get((status, action, actor))
    if target is None:
        allowed = states.actions_allowed(status, actor)
        can = f"You can: {', '.join(allowed)}." if allowed else "Nothing can be done to it."
        raise ConflictError(
            f"A {status} booking cannot be changed by {action}. {can}",
            code="INVALID_TRANSITION",
            status=status,
            allowed=allowed,
        )
    return target


def _change(
    action: Action,
    before: str,
    after: Status,
    actor: Actor,
    actor_id: ObjectId | None,
    now: dt.datetime,
    reason: str = "",
) -> dict[str, Any]:
    return {
        "action": action.value,
        "from_status": before,
        "to_status": after.value,
        "actor": actor.value,
        "actor_id": str(actor_id or ""),
        "at": now,
        "reason": reason,
    }


def bookings_expire(*, now: dt.datetime) -> int:
    """Expires the requests that nobody answered in time; running it twice changes nothing."""
    due = {"status": Status.PENDING.value, "expires_at": {"$lte": now}}
    return _change_all(due, Action.EXPIRE, now)


def bookings_complete(*, now: dt.datetime) -> int:
    """Completes stays from the UTC day after check-out, when it is past in every time zone."""
    due = {"status": Status.CONFIRMED.value, "check_out": {"$lt": midnight(now.date())}}
    return _change_all(due, Action.COMPLETE, now)


def _change_all(query: dict[str, Any], action: Action, now: dt.datetime) -> int:
    changed = 0
    for row in mongo.collection("bookings").find(query, {"_id": 1}).limit(1000):
        try:
            booking_change(booking_id=row["_id"], action=action, actor=Actor.SYSTEM, now=now)
        except ConflictError:
            continue
        changed += 1
    return changed
