"""A booking changes: in its transaction, the commands are added which its payments need. What the
provider is asked depends on the ids and amounts passed here alone."""

import datetime as dt

from bson import ObjectId

from apps.payments.rows import ledger_entries, payment_commands, payments
from apps.payments.services import ledger
from apps.payments.services.commands import command_add
from apps.payments.services.execute import execute_after_commit
from apps.payments.services.ledger import Allocation
from apps.payments.services.plan import BookingPayments, commands_planned


def payments_keep(
    *, booking_id: ObjectId, currency: str, kept: Allocation, now: dt.datetime
) -> None:
    """Adds, in the running transaction, the commands after which `kept` stays captured. They are
    executed after the commit."""
    found = _of_booking(booking_id)
    if found.rows:
        _commands_add(found, kept, booking_id, currency, now)


def payments_return(
    *, booking_id: ObjectId, currency: str, returned: Allocation, now: dt.datetime
) -> None:
    """As `payments_keep`, for what is left once `returned`, or as much of it as is captured, is
    refunded."""
    found = _of_booking(booking_id)
    if found.rows:
        _commands_add(found, found.kept_after(returned), booking_id, currency, now)


def payments_missing(*, booking_id: ObjectId, price: int, total: int, is_pending: bool) -> int:
    """Returns what has to be authorised besides what the booking's payments have for `total`: what
    is reserved while it is pending, else what is captured. A booking that was never asked to pay
    its `price` owes the difference alone."""
    found = _of_booking(booking_id)
    if not found.rows:
        return max(0, total - price)
    reserved = sum(payment["amount"] for payment in found.free())
    return max(0, total - (reserved if is_pending else found.captured))


def _of_booking(booking_id: ObjectId) -> BookingPayments:
    query = {"booking_id": booking_id}
    oldest = [("created_at", 1), ("_id", 1)]
    moved_nothing = {**query, "postings.account": {"$ne": ledger.CASH}}
    return BookingPayments(
        list(payments.find(query).sort(oldest)),
        list(payment_commands.find(query)),
        list(ledger_entries.find(moved_nothing)),
    )


def _commands_add(
    found: BookingPayments,
    kept: Allocation,
    booking_id: ObjectId,
    currency: str,
    now: dt.datetime,
) -> None:
    planned = commands_planned(found, kept)
    for command in planned:
        command_add(
            command.kind, command.payment, command.amount, now=now, postings=command.postings
        )
    if not any(command.postings for command in planned):
        _adjustment_add(ledger.difference(kept, found.allocation), booking_id, currency, now)
    execute_after_commit([command.payment for command in planned], now=now)


def _adjustment_add(
    change: Allocation, booking_id: ObjectId, currency: str, now: dt.datetime
) -> None:
    """The same amount for other things: no money moves, but who is owed does."""
    if any(change.values()) and not sum(change.values()):
        ledger.entry_add(
            ObjectId(),
            booking_id=booking_id,
            currency=currency,
            text="Altered",
            made_of=ledger.postings(change),
            now=now,
        )
