"""Payments that no booking has are given up: at once where its request was refused, and by the
sweep where the process died between the provider's answer and the booking."""

import datetime as dt
import logging
from typing import Any

from bson import ObjectId
from django.conf import settings
from pymongo.errors import PyMongoError

from apps.bookings.enums import Charge, Command
from apps.bookings.services.payments.commands import command_add
from apps.bookings.services.payments.settle import settle_after_commit
from apps.common import mongo

logger = logging.getLogger(__name__)
OPEN = [Charge.STARTED.value, Charge.ACTION_REQUIRED.value, Charge.AUTHORISED.value]
AT_ONCE = 500


def payment_drop(payment_id: ObjectId, *, now: dt.datetime) -> None:
    """Best effort: what fails here is the sweep's."""
    try:
        _drop(payment_id, now)
    except PyMongoError:
        logger.warning("payments.drop_failed", extra={"payment_id": str(payment_id)}, exc_info=True)


def payments_sweep(*, now: dt.datetime) -> int:
    """Gives up what has been without a booking for PAYMENT_ORPHAN_AFTER; harmless when repeated."""
    found = mongo.collection("payments").find(sweep_query(now), {"_id": 1}).limit(AT_ONCE)
    return sum(_drop(row["_id"], now) for row in list(found))


def sweep_query(now: dt.datetime) -> dict[str, Any]:
    return {
        "booking_id": None,
        "dropped_at": None,
        "status": {"$in": OPEN},
        "created_at": {"$lte": now - settings.PAYMENT_ORPHAN_AFTER},
    }


def _drop(payment_id: ObjectId, now: dt.datetime) -> bool:
    """Whether it was given up just now. Without a reference the provider may still be at it, so
    that it is asked a little later."""

    def transaction() -> bool:
        free = {"booking_id": None, "dropped_at": None, "status": {"$in": OPEN}}
        payment = mongo.collection("payments").find_one_and_update(
            {"_id": payment_id, **free},
            {"$set": {"dropped_at": now, "updated_at": now}},
            session=mongo.session(),
        )
        if payment is None:
            return False
        wait = dt.timedelta() if payment["provider_ref"] else settings.PAYMENT_DROP_AFTER
        command_add(Command.VOID, payment, payment["amount"], now=now, next_at=now + wait)
        settle_after_commit([payment], now=now)
        return True

    return mongo.run_in_transaction(transaction)
