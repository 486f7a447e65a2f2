"""What this app keeps of a person: the books, which stay."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bson import ObjectId

from apps.common.parts import Hindrance, Part
from apps.payments.enums import CommandStatus, PaymentState
from apps.payments.rows import LedgerEntryRow, ledger_entries, payment_commands, payments

# An authorisation that is bound to no booking is released by a timer within minutes.
OPEN = [
    PaymentState.STARTED.value,
    PaymentState.ACTION_REQUIRED.value,
    PaymentState.AUTHORISED.value,
]
UNDONE = {"$ne": CommandStatus.DONE.value}


class PaymentsPart(Part):
    keeps = MappingProxyType(
        {
            "payments.guest_id": "stays, for the books: the name behind it is erased",
            "ledger_entries.postings.account": "stays, for the books: it names the host by id",
            "payment_commands.postings.account": "stays, for the books: it names the host by id",
        }
    )

    def export(self, user_id: ObjectId) -> Iterator[tuple[str, Any]]:
        yield "payments", list(payments.find({"guest_id": user_id}))
        account = f"host:{user_id}"
        entries = ledger_entries.find({"postings.account": account})
        yield "ledger_entries", [_own_postings(entry, account) for entry in entries]

    def hindrances(self, user_id: ObjectId, *, now: dt.datetime) -> Iterator[Hindrance]:
        del now
        waiting = {"guest_id": user_id, "booking_id": None, "dropped_at": None}
        if payments.exists({**waiting, "status": {"$in": OPEN}}) or _money_moves(user_id):
            yield Hindrance(
                "MONEY_ON_ITS_WAY",
                "A payment or a refund is on its way. Try again when it has arrived, in a few days "
                "at most.",
            )


def _own_postings(entry: LedgerEntryRow, account: str) -> LedgerEntryRow:
    own = [posting for posting in entry["postings"] if posting["account"] == account]
    return {**entry, "postings": own}


def _money_moves(user_id: ObjectId) -> bool:
    """Whether a capture, void or refund waits, of the person as a guest or as a host."""
    mine = [row["_id"] for row in payments.find({"guest_id": user_id}, {"_id": 1})]
    sides: list[dict[str, Any]] = [
        {"payment_id": {"$in": mine}},
        {"postings.account": f"host:{user_id}"},
    ]
    return payment_commands.exists({"status": UNDONE, "$or": sides})


PART = PaymentsPart()
