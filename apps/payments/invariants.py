"""What payments, their commands and the ledger sum up to, and what must hold of them alone.
Reads only; `apps.bookings.invariants` compares the sums with the bookings."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bson import ObjectId

from apps.common.rows import Rows
from apps.payments.enums import CommandStatus
from apps.payments.rows import ledger_entries, payment_commands, payments

CASH = "cash"


@dataclass
class Sums:
    """Of one booking, in minor units: what its payments hold, what their commands of any state
    amount to, what those that are done amount to, and its cash in the ledger."""

    payments: int = 0
    captured: int = 0
    refunded: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    cash: int = 0


def sums_by_booking() -> dict[ObjectId | None, Sums]:
    of: dict[ObjectId | None, Sums] = defaultdict(Sums)
    for row in _sums(payments, "$booking_id", captured="$captured", refunded="$refunded"):
        found = of[row["_id"]]
        found.payments, found.captured = row["rows"], row["captured"]
        found.refunded = row["refunded"]
    key = {"booking": "$booking_id", "kind": "$kind", "status": "$status"}
    for row in _sums(payment_commands, key, amount="$amount"):
        found, kind = of[row["_id"].get("booking")], row["_id"]["kind"]
        found.asked[kind] += row["amount"]
        if row["_id"]["status"] == CommandStatus.DONE:
            found.done[kind] += row["amount"]
    for row in _cash():
        of[row["_id"]].cash = row["amount"]
    return of


def payments_overdrawn() -> Iterator[str]:
    """Captured of a payment is at most its amount, refunded at most captured, and nothing of one
    that belongs to no booking."""
    more = {"$or": [{"$gt": ["$captured", "$amount"]}, {"$gt": ["$refunded", "$captured"]}]}
    nobodys = {"booking_id": None, "captured": {"$gt": 0}}
    query = {"$or": [{"$expr": more}, nobodys]}
    for row in payments.find(query, {"_id": 1}):
        yield str(row["_id"])


def entries_unbalanced() -> Iterator[str]:
    query = {"$expr": {"$ne": [{"$sum": "$postings.amount"}, 0]}}
    for row in ledger_entries.find(query, {"_id": 1}):
        yield str(row["_id"])


def currencies_unbalanced() -> Iterator[str]:
    stages: list[dict[str, Any]] = [
        {"$unwind": "$postings"},
        {"$group": {"_id": "$currency", "sum": {"$sum": "$postings.amount"}}},
        {"$match": {"sum": {"$ne": 0}}},
    ]
    for row in ledger_entries.aggregate(stages, allowDiskUse=True):
        yield str(row["_id"])


def _sums(rows: Rows[Any], key: Any, **fields: str) -> Iterator[dict[str, Any]]:
    sums = {field: {"$sum": source} for field, source in fields.items()}
    group = {"$group": {"_id": key, "rows": {"$sum": 1}, **sums}}
    yield from rows.aggregate([group], allowDiskUse=True)


def _cash() -> Iterator[dict[str, Any]]:
    stages: list[dict[str, Any]] = [
        {"$unwind": "$postings"},
        {"$match": {"postings.account": CASH}},
        {"$group": {"_id": "$booking_id", "amount": {"$sum": "$postings.amount"}}},
    ]
    yield from ledger_entries.aggregate(stages, allowDiskUse=True)
