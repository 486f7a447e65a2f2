"""A guest wants another stay than the one that was booked: at once while nobody has accepted or
nobody wants to be asked, else as a proposal."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from bson import ObjectId

from apps.accounts.services import user_keep_active
from apps.bookings import events
from apps.bookings.enums import Action, Actor
from apps.bookings.idempotency import Answer, Key, once
from apps.bookings.quote import Stay, alternatives, stays_offered
from apps.bookings.replies.bookings import BookingReply, LineReply
from apps.bookings.replies.changes import AlterationPreviewReply
from apps.bookings.rows import BookingRow
from apps.bookings.selectors import booking_reply, booking_stored
from apps.bookings.services.charges import payment_commands_add, payment_missing
from apps.bookings.services.new_stay import (
    NewStay,
    action_for,
    booked_stay,
    new_stay,
    nights_in_the_way,
    requested_stay,
)
from apps.bookings.services.proposals import proposal_make, stay_replace
from apps.bookings.services.rules import (
    BookingChangedError,
    compare_and_set,
    target_of,
)
from apps.common.errors import ConflictError, StaleVersionError
from apps.common.money import minor_of, to_wire
from apps.payments.services import payment_authorise, payment_bind, payment_release
from apps.properties.selectors import listing_terms
from apps.properties.services import listing_keep_open, taken_error


class ExpectedTotalChangedError(ConflictError):
    code = "EXPECTED_TOTAL_CHANGED"
    sentence = "The price has changed since you saw it. Look at it again."


class Prepared(NamedTuple):
    """An alteration that its transaction is all that is missing of. `seen` is the booking that it
    was made for; `payment_id` is the difference, where it costs more."""

    seen: BookingRow
    action: Action
    actor: Actor
    actor_id: ObjectId | None
    new: NewStay
    special_requests: str
    payment_id: ObjectId | None

    @property
    def changed(self) -> list[str]:
        return _changed(self.seen, self.new.stay, self.special_requests)


def booking_alter(
    *,
    booking_id: ObjectId,
    actor: Actor,
    changes: Mapping[str, Any],
    now: dt.datetime,
    action: Action | None = None,
    actor_id: ObjectId | None = None,
    version: int | None = None,
    expected_total: Decimal | None = None,
    payment_method: str | None = None,
    payment_id: ObjectId | None = None,
    key: Key | None = None,
) -> Answer[BookingReply]:
    """Changes the stay, or proposes the change. `changes` has some of guest_count,
    special_requests, and both of check_in and check_out. Without an `action` the listing's terms
    decide between altering at once and proposing. A repeated `key` gets the first call's answer.

    Raises `StaleVersionError` for another `version`, `ExpectedTotalChangedError`,
    `InvalidTransitionError`, `BookingChangedError`, `NightsTakenError`, and what `new_stay`,
    `payment_authorise` and `once` raise; with the nearest free stays where it is the stay that
    cannot be booked.
    """
    seen = booking_stored(booking_id)
    stay = requested_stay(seen, changes)

    def prepare() -> Prepared:
        """Outside of the transaction, since a provider is asked for a difference."""
        _check_version(seen, version)
        prepared = _prepared(seen, stay, changes, action=action, actor=actor, now=now)
        _check_total(prepared.new, expected_total, seen["currency"])
        missing = _missing(prepared, now)
        if not missing:
            return prepared._replace(actor_id=actor_id)
        payment = payment_authorise(
            guest_id=seen["guest_id"],
            amount=missing,
            currency=seen["currency"],
            method=payment_method,
            payment_id=payment_id,
            now=now,
        )
        return prepared._replace(actor_id=actor_id, payment_id=payment["_id"])

    with alternatives(stay, now=now):
        return once(
            key,
            lambda prepared: booking_reply(_placed(prepared, now), actor=actor),
            prepare=prepare,
            undo=lambda prepared: _undo(prepared, now),
            now=now,
        )


def _check_version(seen: BookingRow, version: int | None) -> None:
    if version is not None and version != seen["version"]:
        raise StaleVersionError(version=seen["version"])


def _prepared(
    seen: BookingRow,
    stay: Stay,
    changes: Mapping[str, Any],
    *,
    action: Action | None,
    actor: Actor,
    now: dt.datetime,
) -> Prepared:
    terms = listing_terms(seen["listing_id"])
    action = action or action_for(seen, terms)
    target_of(seen, action, actor)
    new = new_stay(seen, terms, stay, action=action, now=now)
    special_requests = changes.get("special_requests", seen["special_requests"])
    return Prepared(seen, action, actor, None, new, special_requests, None)


def _check_total(new: NewStay, expected_total: Decimal | None, currency: str) -> None:
    if expected_total is None:
        return
    if minor_of(expected_total, currency, field="expected_total") != new.total:
        raise ExpectedTotalChangedError(details={"total_price": to_wire(new.total, currency)})


def _missing(prepared: Prepared, now: dt.datetime) -> int:
    """Returns what has to be paid besides; raises `NightsTakenError`."""
    seen, new = prepared.seen, prepared.new
    if not prepared.changed:
        return 0
    if taken := nights_in_the_way(seen, new, now=now):
        raise taken_error(taken, check_out=new.stay.check_out)
    return payment_missing(seen, total=new.total) if new.lines != seen["lines"] else 0


def _placed(prepared: Prepared, now: dt.datetime) -> BookingRow:
    """In the transaction: the booking as it is now. What is so already changes nothing."""
    seen, new = prepared.seen, prepared.new
    before = booking_stored(seen["_id"])
    if not prepared.changed:
        return before
    if before["version"] != seen["version"]:
        raise BookingChangedError
    status = target_of(before, prepared.action, prepared.actor)
    _check_open(before, prepared)
    if prepared.payment_id:
        payment_bind(prepared.payment_id, booking_id=before["_id"], now=now)
    values: dict[str, Any] = (
        {"alteration": proposal_make(before, new, payment_id=prepared.payment_id, now=now)}
        if prepared.action is Action.PROPOSE
        else stay_replace(before, new, now=now)
    )
    values |= {"special_requests": prepared.special_requests, "updated_at": now}
    change = events.change_row(
        prepared.action,
        before["status"],
        status,
        prepared.actor,
        prepared.actor_id,
        now,
        f"Changed: {', '.join(prepared.changed)}",
    )
    after = compare_and_set(before, values, change)
    payment_commands_add(before, after, change, now=now)
    events.booking_status_updated(after, change, now=now)
    return after


def _check_open(before: BookingRow, prepared: Prepared) -> None:
    """Other nights are sold only where neither the listing nor the guest is suspended."""
    if prepared.actor is Actor.GUEST:
        user_keep_active(before["guest_id"])
    if prepared.new.stay.dates != booked_stay(before).dates:
        listing_keep_open(before["listing_id"])


def _undo(prepared: Prepared, now: dt.datetime) -> None:
    """After a refusal of `_placed`: nothing more is charged."""
    if prepared.payment_id:
        payment_release(prepared.payment_id, now=now)


def _changed(before: BookingRow, stay: Stay, special_requests: str) -> list[str]:
    """What changed, as the host reads it."""
    old, parts = booked_stay(before), []
    if stay.dates != old.dates:
        parts.append(
            f"dates {old.check_in:%-d %b %Y} to {old.check_out:%-d %b %Y}"
            f" -> {stay.check_in:%-d %b %Y} to {stay.check_out:%-d %b %Y}"
        )
    if stay.guest_count != old.guest_count:
        parts.append(f"guests {old.guest_count} -> {stay.guest_count}")
    if special_requests != before["special_requests"]:
        parts.append("special requests")
    return parts


def alteration_preview(
    *, booking_id: ObjectId, actor: Actor, changes: Mapping[str, Any], now: dt.datetime
) -> AlterationPreviewReply:
    """Says what `booking_alter` would cost, whether the host is asked, and which nights are taken.
    Raises as it does, but for nights and payment."""
    booking = booking_stored(booking_id)
    stay = requested_stay(booking, changes)
    with alternatives(stay, now=now):
        prepared = _prepared(booking, stay, changes, action=None, actor=actor, now=now)
    new, currency = prepared.new, booking["currency"]
    taken = nights_in_the_way(booking, new, now=now)
    return AlterationPreviewReply(
        **stay.requested(),
        nights=stay.nights,
        currency=currency,
        lines=[LineReply.of(line, currency) for line in new.lines],
        total_price=to_wire(new.total, currency),
        difference=to_wire(new.total - booking["total_price"], currency),
        needs_consent=prepared.action is Action.PROPOSE,
        available=not taken,
        taken=taken,
        alternatives=(
            stays_offered(listing_terms(stay.listing_id), stay, now=now) if taken else []
        ),
    )
