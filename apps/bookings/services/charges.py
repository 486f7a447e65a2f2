"""What a change of a booking means for its payments, and what payments store on the booking."""

import datetime as dt

from bson import ObjectId

from apps.bookings import policies, states
from apps.bookings.enums import Action, Actor, PaymentStatus, Status
from apps.bookings.rows import BookingRow, ChangeRow, bookings
from apps.bookings.selectors import BookingUnknownError, booking_stored
from apps.payments import services as payments
from apps.payments.services.ledger import Allocation, allocation_of
from apps.payments.services.payable import Payable

# These keep what is reserved: a proposal for its answer.
LEAVE_AS_IT_IS = frozenset({Action.PROPOSE, Action.REMIND})
PAID_FOR = frozenset({Status.CONFIRMED, Status.COMPLETED})


def payment_commands_add(
    before: BookingRow, after: BookingRow, change: ChangeRow, *, now: dt.datetime
) -> None:
    """Adds the payment commands of a change, in its transaction and after it."""
    if after["status"] == Status.PENDING or change["action"] in LEAVE_AS_IT_IS:
        return
    booking_id, currency = after["_id"], after["currency"]
    if after["status"] in PAID_FOR:
        price = price_allocation(after)
        payments.payments_keep(booking_id=booking_id, currency=currency, kept=price, now=now)
        return
    assert after["status"] in states.RELEASES_NIGHTS
    if before["status"] == Status.CONFIRMED:
        returned = refund_allocation(before, Actor(change["actor"]), now)
        payments.payments_return(
            booking_id=booking_id, currency=currency, returned=returned, now=now
        )
    else:
        payments.payments_keep(booking_id=booking_id, currency=currency, kept={}, now=now)


def payment_missing(booking: BookingRow, *, total: int) -> int:
    """Returns what has to be authorised besides what the booking's payments have for `total`."""
    return payments.payments_missing(
        booking_id=booking["_id"],
        price=booking["total_price"],
        total=total,
        is_pending=booking["status"] == Status.PENDING,
    )


def price_allocation(booking: BookingRow) -> Allocation:
    return allocation_of(booking["lines"], host_id=booking["host_id"])


def refund_allocation(booking: BookingRow, actor: Actor, at: dt.datetime) -> Allocation:
    back = policies.refund(booking, actor=actor, at=at)
    return allocation_of(back.lines, host_id=booking["host_id"])


class PaidBooking:
    """A booking as its payments see it."""

    def price_allocation(self, booking_id: ObjectId) -> Allocation:
        return price_allocation(booking_stored(booking_id))

    def paid_set(self, booking_id: ObjectId, *, paid: int, refunded: int) -> None:
        """No change of the booking's own, so no version and no event."""
        values = {"paid": paid, "refunded": refunded, "payment_status": status_of(paid, refunded)}
        stored = bookings.update_one({"_id": booking_id}, {"$set": values})
        if not stored.matched_count:
            raise BookingUnknownError


PAYABLE: Payable = PaidBooking()


def status_of(paid: int, refunded: int) -> str:
    if not paid:
        return PaymentStatus.UNPAID.value
    return (PaymentStatus.REFUNDED if refunded == paid else PaymentStatus.PAID).value
