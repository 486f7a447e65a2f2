"""A booking moves from one state to another: by a person, or by the clock."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from bson import ObjectId

from apps.bookings import events, states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.policies import check_in_at, policy_kept, refund
from apps.bookings.rows import BookingRow, bookings
from apps.bookings.selectors import booking_stored
from apps.bookings.services.charges import payment_commands_add
from apps.bookings.services.new_stay import held_as
from apps.bookings.services.proposals import proposal_accept, proposal_of
from apps.bookings.services.rules import compare_and_set, target_of
from apps.common import mongo
from apps.common.errors import ConflictError, StaleVersionError
from apps.common.money import minor_of, money_text, to_wire
from apps.properties.nights import midnight
from apps.properties.services import listing_keep_open, nights_release

ALTERS = frozenset({Action.UPDATE, Action.ALTER, Action.PROPOSE})
# What is sold once more, or for the first time: not where the listing or its host is suspended.
SELLS = frozenset({Action.ACCEPT, Action.AGREE})
REMIND_BEFORE = dt.timedelta(hours=24)


class RefundChangedError(ConflictError):
    code = "REFUND_CHANGED"
    sentence = "The refund is {refund} by now. Look at it again before you cancel."
    sample: ClassVar = {"refund": "151.20 SGD"}


class StillOpenError(ConflictError):
    sentence = "The proposal can still be answered."


class NotTimeToRemindError(ConflictError):
    sentence = "It is not the time for a reminder."


def booking_change(
    *,
    booking_id: ObjectId,
    action: Action,
    actor: Actor,
    now: dt.datetime,
    actor_id: ObjectId | None = None,
    reason: str = "",
    version: int | None = None,
    expected_refund: Decimal | None = None,
) -> BookingRow:
    """Every change of a booking's state and every answer to a proposal, as a compare and set on its
    status and version; `services.alterations` changes the stay.

    Raises `InvalidTransitionError` where the table does not have the change, `RefundChangedError`
    where a cancellation refunds another amount than `expected_refund`, in whole units,
    `ProposalLapsedError`, `BookingChangedError`, `StaleVersionError` for another `version`, and for
    a suspended listing `ListingInactiveError`.
    """
    if action in ALTERS:
        raise ValueError(f"{action} is for services.alterations")

    def transaction() -> BookingRow:
        before = booking_stored(booking_id)
        if version is not None and version != before["version"]:
            raise StaleVersionError(version=before["version"])
        target = target_of(before, action, actor)
        if action in SELLS:
            listing_keep_open(before["listing_id"])
        if action is Action.CANCEL and expected_refund is not None:
            _check_refund(before, actor, now, expected_refund)
        change = events.change_row(action, before["status"], target, actor, actor_id, now, reason)
        values: dict[str, Any] = {"status": target.value, "updated_at": now}
        values |= EFFECTS.get(action, _ended)(before, now)
        if target is Status.CANCELLED:
            values["cancellation_reason"] = reason or None
        after = compare_and_set(before, values, change)
        if target in states.RELEASES_NIGHTS:
            nights_release(owner_id=str(booking_id))
        payment_commands_add(before, after, change, now=now)
        events.booking_status_updated(after, change, now=now)
        return after

    return mongo.run_in_transaction(transaction)


def _check_refund(before: BookingRow, actor: Actor, now: dt.datetime, expected: Decimal) -> None:
    found, currency = refund(before, actor=actor, at=now), before["currency"]
    if found.amount != minor_of(expected, currency, field="expected_refund"):
        raise RefundChangedError(
            refund=money_text(found.amount, currency),
            details={"refund": to_wire(found.amount, currency)},
        )


def _ended(before: BookingRow, _now: dt.datetime) -> dict[str, Any]:
    """A change of the status ends what waited for an answer."""
    if before.get("alteration"):
        nights_release(owner_id=held_as(before["_id"]))
    return {"expires_at": None, "alteration": None}


def _refused(before: BookingRow, _now: dt.datetime) -> dict[str, Any]:
    nights_release(owner_id=held_as(before["_id"]))
    return {"alteration": None}


def _lapsed(before: BookingRow, now: dt.datetime) -> dict[str, Any]:
    if proposal_of(before)["expires_at"].replace(tzinfo=dt.UTC) > now:
        raise StillOpenError
    return _refused(before, now)


def _agreed(before: BookingRow, now: dt.datetime) -> dict[str, Any]:
    return proposal_accept(before, now=now)


def _reminded(before: BookingRow, now: dt.datetime) -> dict[str, Any]:
    if before.get("reminded_at") or not dt.timedelta() < _begins(before) - now <= REMIND_BEFORE:
        raise NotTimeToRemindError
    return {"reminded_at": now}


def _begins(booking: BookingRow) -> dt.datetime:
    return check_in_at(policy_kept(booking), booking["check_in"].date())


EFFECTS: Mapping[Action, Callable[[BookingRow, dt.datetime], dict[str, Any]]] = {
    Action.AGREE: _agreed,
    Action.REFUSE: _refused,
    Action.WITHDRAW: _refused,
    Action.LAPSE: _lapsed,
    Action.REMIND: _reminded,
}


def bookings_expire(*, now: dt.datetime) -> int:
    """Expires the requests that nobody answered in time; running it twice changes nothing."""
    due = {"status": Status.PENDING.value, "expires_at": {"$lte": now}}
    return _change_all(due, Action.EXPIRE, now)


def bookings_complete(*, now: dt.datetime) -> int:
    """Completes stays from the UTC day after check-out, when it is past in every time zone."""
    due = {"status": Status.CONFIRMED.value, "check_out": {"$lt": midnight(now.date())}}
    return _change_all(due, Action.COMPLETE, now)


def alterations_lapse(*, now: dt.datetime) -> int:
    """Ends the proposals that no host answered in time."""
    return _change_all({"alteration.expires_at": {"$lte": now}}, Action.LAPSE, now)


def stays_remind(*, now: dt.datetime) -> int:
    """Reminds of the stays that begin within REMIND_BEFORE, each once. Dates are local: a day more
    on both sides covers every time zone."""
    day = dt.timedelta(days=1)
    due = {
        "status": Status.CONFIRMED.value,
        "check_in": {
            "$gte": midnight(now.date() - day),
            "$lte": midnight((now + REMIND_BEFORE).date() + day),
        },
        "reminded_at": None,
    }
    return _change_all(due, Action.REMIND, now)


def _change_all(query: dict[str, Any], action: Action, now: dt.datetime) -> int:
    changed = 0
    for row in bookings.find(query, {"_id": 1}).limit(1000):
        try:
            booking_change(booking_id=row["_id"], action=action, actor=Actor.SYSTEM, now=now)
        except ConflictError:
            continue
        changed += 1
    return changed
