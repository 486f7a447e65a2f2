"""What a provider has yet to do, as a row in the transaction of the change that asks for it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.payments.enums import Command, CommandStatus


def command_add(
    kind: Command,
    payment: Mapping[str, Any],
    amount: int,
    *,
    now: dt.datetime,
    next_at: dt.datetime | None = None,
    postings: Sequence[Mapping[str, Any]] = (),
) -> ObjectId:
    row = {
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
    mongo.collection("payment_commands").insert_one(row, session=mongo.session())
    return row["_id"]
