from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.common.errors import NotFoundError
from apps.common.money import to_wire


def payment_stored(payment_id: ObjectId) -> dict[str, Any]:
    found = mongo.collection("payments").find_one({"_id": payment_id}, session=mongo.session())
    if found is None:
        raise NotFoundError("There is no such payment.")
    return found


def payment_owned(payment_id: ObjectId, *, guest_id: ObjectId) -> dict[str, Any]:
    """Raises `NotFoundError` for another's payment as well."""
    payment = payment_stored(payment_id)
    if payment["guest_id"] != guest_id:
        raise NotFoundError("There is no such payment.")
    return payment


def payment_view(payment: dict[str, Any]) -> dict[str, Any]:
    copied = ("booking_id", "provider", "method", "currency", "status", "problem", "created_at")
    money = ("amount", "captured", "refunded")
    return {
        "id": payment["_id"],
        **{name: payment[name] for name in copied},
        **{name: to_wire(payment[name]) for name in money},
    }
