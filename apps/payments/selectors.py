from bson import ObjectId

from apps.common.errors import NotFoundError
from apps.payments.rows import PaymentRow, payments


class PaymentUnknownError(NotFoundError):
    sentence = "There is no such payment."


def payment_stored(payment_id: ObjectId) -> PaymentRow:
    found = payments.find_one({"_id": payment_id})
    if found is None:
        raise PaymentUnknownError
    return found


def moved_of_booking(booking_id: ObjectId) -> tuple[int, int] | None:
    """What is captured and refunded of its payments in all; None where it has none."""
    found = list(payments.find({"booking_id": booking_id}, {"captured": 1, "refunded": 1}))
    if not found:
        return None
    return sum(one["captured"] for one in found), sum(one["refunded"] for one in found)


def payment_owned(payment_id: ObjectId, *, guest_id: ObjectId) -> PaymentRow:
    """Raises `PaymentUnknownError` for another's payment as well."""
    payment = payment_stored(payment_id)
    if payment["guest_id"] != guest_id:
        raise PaymentUnknownError
    return payment
