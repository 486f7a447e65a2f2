"""What a finished command changes here: the payment, the ledger and the booking, in the one
transaction in which it stops being due."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId

from apps.bookings.enums import Charge, Command, CommandStatus, PaymentStatus
from apps.bookings.selectors import booking_stored
from apps.bookings.services import ledger
from apps.common import mongo

TEXTS = {Command.CAPTURE: "Taken for the stay", Command.REFUND: "Given back"}


def command_done(command: Mapping[str, Any], *, ref: str | None, now: dt.datetime) -> bool:
    """Whether it was this call that ended it."""

    def transaction() -> bool:
        ended = {"status": CommandStatus.DONE.value, "done_at": now, "problem": ""}
        if not _ended(command, ended):
            return False
        _payment_moved(command, ref, now)
        if command["postings"]:
            _posted(command, now)
        return True

    return mongo.run_in_transaction(transaction)


def command_failed(command: Mapping[str, Any], sentence: str, *, now: dt.datetime) -> bool:
    def transaction() -> bool:
        problem = sentence[:300]
        if not _ended(command, {"status": CommandStatus.FAILED.value, "problem": problem}):
            return False
        mongo.collection("payments").update_one(
            {"_id": command["payment_id"]},
            {"$set": {"problem": problem, "updated_at": now}},
            session=mongo.session(),
        )
        return True

    return mongo.run_in_transaction(transaction)


def _ended(command: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    due = {"_id": command["_id"], "status": CommandStatus.DUE.value}
    done = mongo.collection("payment_commands").update_one(
        due, {"$set": values}, session=mongo.session()
    )
    return done.modified_count == 1


def _payment_moved(command: Mapping[str, Any], ref: str | None, now: dt.datetime) -> None:
    values: dict[str, Any] = {"updated_at": now, "problem": ""}
    if ref is not None:
        values["provider_ref"] = ref
    added = {}
    if command["kind"] == Command.VOID:
        values["status"] = Charge.VOIDED.value
    elif command["kind"] == Command.CAPTURE:
        values["status"] = Charge.CAPTURED.value
        added["captured"] = command["amount"]
    else:
        added["refunded"] = command["amount"]
    mongo.collection("payments").update_one(
        {"_id": command["payment_id"]},
        {"$set": values, **({"$inc": added} if added else {})},
        session=mongo.session(),
    )


def _posted(command: Mapping[str, Any], now: dt.datetime) -> None:
    booking = booking_stored(command["booking_id"])
    ledger.entry_add(
        command["_id"],
        booking=booking,
        text=TEXTS[Command(command["kind"])],
        made_of=command["postings"],
        now=now,
    )
    booking_paid(booking["_id"])


def booking_paid(booking_id: ObjectId) -> None:
    """Makes the booking say what its payments say; no change of its own, so no version."""
    paid = refunded = 0
    for payment in mongo.collection("payments").find(
        {"booking_id": booking_id}, {"captured": 1, "refunded": 1}, session=mongo.session()
    ):
        paid += payment["captured"]
        refunded += payment["refunded"]
    values = {"paid": paid, "refunded": refunded, "payment_status": status_of(paid, refunded)}
    mongo.collection("bookings").update_one(
        {"_id": booking_id}, {"$set": values}, session=mongo.session()
    )


def status_of(paid: int, refunded: int) -> str:
    if not paid:
        return PaymentStatus.UNPAID.value
    return (PaymentStatus.REFUNDED if refunded == paid else PaymentStatus.PAID).value
