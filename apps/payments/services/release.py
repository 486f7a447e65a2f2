"""Releases payments that no booking uses: at once where its request was refused, and by a timer
where the process died between the provider's answer and the booking."""

import datetime as dt
import logging
from typing import Any

from bson import ObjectId
from django.conf import settings
from pymongo.errors import PyMongoError

from apps.common import mongo
from apps.payments.enums import Command, PaymentState
from apps.payments.rows import payments
from apps.payments.services.commands import command_add
from apps.payments.services.execute import execute_after_commit

logger = logging.getLogger(__name__)
OPEN = [
    PaymentState.STARTED.value,
    PaymentState.ACTION_REQUIRED.value,
    PaymentState.AUTHORISED.value,
]
AT_ONCE = 500


def payment_release(payment_id: ObjectId, *, now: dt.datetime) -> None:
    """Releases what is reserved, if it can: what fails here is left to the timer."""
    try:
        _release(payment_id, now)
    except PyMongoError:
        logger.warning(
            "payments.release_failed", extra={"payment_id": str(payment_id)}, exc_info=True
        )


def payments_release_unused(*, now: dt.datetime) -> int:
    """Releases what has been without a booking for PAYMENT_ORPHAN_AFTER; harmless when repeated."""
    found = payments.find(unused_query(now), {"_id": 1}).limit(AT_ONCE)
    return sum(_release(row["_id"], now) for row in list(found))


def unused_query(now: dt.datetime) -> dict[str, Any]:
    return {
        "booking_id": None,
        "dropped_at": None,
        "status": {"$in": OPEN},
        "created_at": {"$lte": now - settings.PAYMENT_ORPHAN_AFTER},
    }


def _release(payment_id: ObjectId, now: dt.datetime) -> bool:
    """Returns whether it was released just now. Without a reference the provider may still be at
    work, so it is asked a little later."""

    def transaction() -> bool:
        free = {"booking_id": None, "dropped_at": None, "status": {"$in": OPEN}}
        payment = payments.find_one_and_update(
            {"_id": payment_id, **free}, {"$set": {"dropped_at": now, "updated_at": now}}
        )
        if payment is None:
            return False
        wait = dt.timedelta() if payment["provider_ref"] else settings.PAYMENT_DROP_AFTER
        command_add(Command.VOID, payment, payment["amount"], now=now, next_at=now + wait)
        execute_after_commit([payment], now=now)
        return True

    return mongo.run_in_transaction(transaction)
