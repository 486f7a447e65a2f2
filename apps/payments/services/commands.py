"""What a provider has yet to do, as a row in the transaction of the change that asks for it."""

import datetime as dt
from collections.abc import Sequence

from bson import ObjectId

from apps.payments.enums import Command, CommandStatus
from apps.payments.rows import PaymentCommandRow, PaymentRow, PostingRow, payment_commands


def command_add(
    kind: Command,
    payment: PaymentRow,
    amount: int,
    *,
    now: dt.datetime,
    next_at: dt.datetime | None = None,
    postings: Sequence[PostingRow] = (),
) -> ObjectId:
    row: PaymentCommandRow = {
        "_id": ObjectId(),
        "payment_id": payment["_id"],
        "booking_id": payment["booking_id"],
        "kind": kind.value,
        "amount": amount,
        "postings": list(postings),
        "status": CommandStatus.DUE.value,
        "attempts": 0,
        "next_at": next_at or now,
        "problem": "",
        "created_at": now,
        "done_at": None,
    }
    payment_commands.insert_one(row)
    return row["_id"]
