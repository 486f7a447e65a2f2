"""What a finished command changes here: the payment, the ledger and the booking's sums,
in the one transaction in which it stops being due."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId
from pymongo import ReturnDocument

from apps.common import mongo
from apps.payments.enums import Command, CommandStatus, PaymentState
from apps.payments.rows import PaymentCommandRow, PaymentRow, payment_commands, payments
from apps.payments.services import ledger
from apps.payments.services.payable import payable

TEXTS = {Command.CAPTURE: "Taken for the stay", Command.REFUND: "Given back"}


def command_done(command: PaymentCommandRow, *, ref: str | None, now: dt.datetime) -> bool:
    """Returns whether it was this call that ended it."""

    def transaction() -> bool:
        ended = {"status": CommandStatus.DONE.value, "done_at": now, "problem": ""}
        if not _ended(command, ended):
            return False
        payment = _payment_moved(command, ref, now)
        if command["postings"]:
            _posted(command, payment, now)
        return True

    return mongo.run_in_transaction(transaction)


def command_failed(command: PaymentCommandRow, sentence: str, *, now: dt.datetime) -> bool:
    def transaction() -> bool:
        problem = sentence[:300]
        if not _ended(command, {"status": CommandStatus.FAILED.value, "problem": problem}):
            return False
        payments.update_one(
            {"_id": command["payment_id"]}, {"$set": {"problem": problem, "updated_at": now}}
        )
        return True

    return mongo.run_in_transaction(transaction)


def _ended(command: PaymentCommandRow, values: Mapping[str, Any]) -> bool:
    due = {"_id": command["_id"], "status": CommandStatus.DUE.value}
    return payment_commands.update_one(due, {"$set": values}).modified_count == 1


def _payment_moved(command: PaymentCommandRow, ref: str | None, now: dt.datetime) -> PaymentRow:
    values: dict[str, Any] = {"updated_at": now, "problem": ""}
    if ref is not None:
        values["provider_ref"] = ref
    added = {}
    if command["kind"] == Command.VOID:
        values["status"] = PaymentState.VOIDED.value
    elif command["kind"] == Command.CAPTURE:
        values["status"] = PaymentState.CAPTURED.value
        added["captured"] = command["amount"]
    else:
        added["refunded"] = command["amount"]
    payment = payments.find_one_and_update(
        {"_id": command["payment_id"]},
        {"$set": values, **({"$inc": added} if added else {})},
        return_document=ReturnDocument.AFTER,
    )
    assert payment is not None
    return payment


def _posted(command: PaymentCommandRow, payment: PaymentRow, now: dt.datetime) -> None:
    ledger.entry_add(
        command["_id"],
        booking_id=command["booking_id"],
        currency=payment["currency"],
        text=TEXTS[Command(command["kind"])],
        made_of=command["postings"],
        now=now,
    )
    if command["booking_id"] is not None:
        _paid_set(command["booking_id"])


def _paid_set(booking_id: ObjectId) -> None:
    paid = refunded = 0
    for payment in payments.find({"booking_id": booking_id}, {"captured": 1, "refunded": 1}):
        paid += payment["captured"]
        refunded += payment["refunded"]
    payable().paid_set(booking_id, paid=paid, refunded=refunded)
