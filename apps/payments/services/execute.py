"""Has the provider execute commands: each at least once with the same key, so that it has one
effect there, and one effect here, since a single compare and set ends it. Nothing of this is inside
a booking's transaction."""

import datetime as dt
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from bson import ObjectId
from django.conf import settings
from pymongo import ReturnDocument

from apps.common import mongo
from apps.payments.clients import is_local, provider
from apps.payments.clients.port import (
    ProviderDownError,
    ProviderTimeoutError,
    RefusedError,
)
from apps.payments.enums import Command, CommandStatus
from apps.payments.rows import PaymentCommandRow, PaymentRow, payment_commands
from apps.payments.selectors import payment_stored
from apps.payments.services.results import command_done, command_failed

logger = logging.getLogger(__name__)
AT_ONCE = 200
OUTAGES_AT_ONCE = 3
FIRST_WAIT, LONGEST_WAIT = 10, 3600
LEASE = dt.timedelta(minutes=1)


def commands_execute(
    *, now: dt.datetime, booking_id: ObjectId | None = None, payment_id: ObjectId | None = None
) -> int:
    """Executes what is due, of one booking or payment or of all, and returns how much was done.
    Several may run at once, and a provider that is down is not asked for long."""
    query = due_query(now)
    if booking_id is not None:
        query["booking_id"] = booking_id
    if payment_id is not None:
        query["payment_id"] = payment_id
    done = outages = 0
    for due in list(payment_commands.find(query).sort("next_at").limit(AT_ONCE)):
        try:
            done += _execute(due, now)
        except (ProviderTimeoutError, ProviderDownError):
            outages += 1
            if outages == OUTAGES_AT_ONCE:
                logger.warning("payments.provider_down", extra={"done": done})
                break
    return done


def due_query(now: dt.datetime) -> dict[str, Any]:
    return {"status": CommandStatus.DUE.value, "next_at": {"$lte": now}}


def execute_after_commit(payments: Iterable[PaymentRow], *, now: dt.datetime) -> None:
    """In a transaction: has the commands of an embedded provider executed right after it, so that
    nobody waits for a timer. A network is the worker's alone."""
    for payment in payments:
        if is_local(payment["provider"]):
            mongo.after_commit(partial(_execute_quietly, payment["_id"], now))


def _execute_quietly(payment_id: ObjectId, now: dt.datetime) -> None:
    """Leaves a failure to the timer: what was committed stands."""
    try:
        commands_execute(now=now, payment_id=payment_id)
    except Exception:
        logger.exception("payments.execute_failed", extra={"payment_id": str(payment_id)})


def _execute(due: PaymentCommandRow, now: dt.datetime) -> bool:
    command = None if _waits(due) else _leased(due["_id"], now)
    if command is None:
        return False
    try:
        ref = _ask(command, payment_stored(command["payment_id"]))
    except RefusedError as error:
        command_failed(command, error.sentence, now=now)
        return False
    except (ProviderTimeoutError, ProviderDownError) as error:
        _later(command, error.sentence, now)
        raise
    return command_done(command, ref=ref, now=now)


def _leased(command_id: ObjectId, now: dt.datetime) -> PaymentCommandRow | None:
    """Leases the command to this process; if the process dies, it is due again in a minute."""
    return payment_commands.find_one_and_update(
        {"_id": command_id, **due_query(now)},
        {"$set": {"next_at": now + LEASE}, "$inc": {"attempts": 1}},
        return_document=ReturnDocument.AFTER,
    )


def _waits(command: PaymentCommandRow) -> bool:
    """Returns whether its payment has to be captured first."""
    if command["kind"] != Command.REFUND:
        return False
    first = {
        "payment_id": command["payment_id"],
        "kind": Command.CAPTURE.value,
        "status": CommandStatus.DUE.value,
    }
    return payment_commands.exists(first)


def _ask(command: PaymentCommandRow, payment: PaymentRow) -> str | None:
    """Returns the provider's reference, which a payment without an answer did not have yet."""
    bank, key = provider(payment["provider"]), str(command["_id"])
    ref = payment["provider_ref"] or bank.find(str(payment["_id"]))
    if command["kind"] == Command.VOID:
        if ref is not None:
            bank.void(ref, key=key)
        return ref
    if ref is None:
        raise RefusedError("The provider has no such payment.")
    move = bank.capture if command["kind"] == Command.CAPTURE else bank.refund
    move(ref, amount=command["amount"], currency=payment["currency"], key=key)
    return ref


def _later(command: PaymentCommandRow, sentence: str, now: dt.datetime) -> None:
    if command["attempts"] >= settings.PAYMENT_TRIES:
        command_failed(command, sentence, now=now)
        return
    seconds = min(FIRST_WAIT * 2 ** (command["attempts"] - 1), LONGEST_WAIT)
    payment_commands.update_one(
        {"_id": command["_id"], "status": CommandStatus.DUE.value},
        {"$set": {"next_at": now + dt.timedelta(seconds=seconds), "problem": sentence[:300]}},
    )
