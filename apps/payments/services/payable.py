"""What is paid for. Payments know a booking by its id alone. What they read of it and write to it,
in their own transactions, `settings.PAYABLE` names, so that they import nothing above them."""

from typing import Protocol

from bson import ObjectId
from django.conf import settings
from django.utils.module_loading import import_string

from apps.payments.services.ledger import Allocation


class Payable(Protocol):
    def price_allocation(self, booking_id: ObjectId) -> Allocation:
        """Whose the price is; raises `NotFoundError`."""
        ...

    def paid_set(self, booking_id: ObjectId, *, paid: int, refunded: int) -> None:
        """Stores what the booking's payments sum up to, in the transaction that moved the money;
        raises `NotFoundError`."""
        ...


def payable() -> Payable:
    named: Payable = import_string(settings.PAYABLE)
    return named
