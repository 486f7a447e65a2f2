"""Bookings against the sums of their payments and of the ledger."""

from apps.bookings.enums import PaymentStatus, Status
from apps.bookings.rows import BookingRow
from apps.payments.enums import Command
from apps.payments.invariants import sums_by_booking

CHARGED = frozenset({Status.CONFIRMED.value, Status.COMPLETED.value})


class Money:
    def __init__(self) -> None:
        self.of = sums_by_booking()

    def uncharged(self, booking: BookingRow) -> bool:
        """Everything captured, or asked to be, less what is refunded, is the price."""
        if booking["status"] not in CHARGED or not booking.get("policy"):
            return False
        asked = self.of[booking["_id"]].asked
        return bool(asked[Command.CAPTURE] - asked[Command.REFUND] != booking["total_price"])

    def differ(self, booking: BookingRow) -> bool:
        """Three agree: the booking, its payments, and the commands that are done."""
        sums = self.of[booking["_id"]]
        stored = booking.get("paid") or 0, booking.get("refunded") or 0
        done = sums.done[Command.CAPTURE], sums.done[Command.REFUND]
        if not stored == (sums.captured, sums.refunded) == done:
            return True
        return bool(sums.payments and booking["payment_status"] != _status(*stored))

    def cash_differs(self, booking: BookingRow) -> bool:
        sums = self.of[booking["_id"]]
        return sums.cash != sums.captured - sums.refunded


def _status(paid: int, refunded: int) -> PaymentStatus:
    if not paid:
        return PaymentStatus.UNPAID
    return PaymentStatus.REFUNDED if refunded == paid else PaymentStatus.PAID
