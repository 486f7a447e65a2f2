"""Double entry in minor units: what is captured comes into `cash` and is owed to the host, to the
state as tax, and to ourselves as fees; a refund goes the way back. Every entry sums to zero.

An `Allocation` says how much of an amount belongs to which account; below zero for a refund."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from bson import ObjectId

from apps.payments.rows import LedgerEntryRow, PostingRow, ledger_entries

CASH = "cash"
ACCOUNTS = {"SERVICE_FEE": "fees", "OCCUPANCY_TAX": "tax"}
Allocation = Mapping[str, int]


class AllocatedLine(TypedDict):
    """What is read of a line of a price or of a refund."""

    code: str
    amount: int


def allocation_of(lines: Iterable[AllocatedLine], *, host_id: ObjectId) -> Allocation:
    """Allocates by lines: nights, their discount and the cleaning fee are the host's."""
    allocation: Counter[str] = Counter()
    for line in lines:
        allocation[account_of(line["code"], host_id=host_id)] += line["amount"]
    return allocation


def account_of(code: str, *, host_id: ObjectId) -> str:
    """Whose a line of a price with this code is."""
    return ACCOUNTS.get(code, f"host:{host_id}")


def allocation_posted(postings: Iterable[PostingRow]) -> Allocation:
    allocation: Counter[str] = Counter()
    for posting in postings:
        if posting["account"] != CASH:
            allocation[posting["account"]] -= posting["amount"]
    return allocation


def difference(target: Allocation, present: Allocation) -> Allocation:
    accounts = sorted(target.keys() | present.keys())
    return {name: target.get(name, 0) - present.get(name, 0) for name in accounts}


def split(allocation: Allocation, amounts: Sequence[int]) -> list[Allocation]:
    """Splits it over `amounts`, to each of which its part sums exactly; amounts that make up the
    whole make up each account as well."""
    left, rest = dict(allocation), sum(allocation.values())
    parts: list[Allocation] = []
    for amount in amounts:
        part = _portion(left, amount, rest)
        parts.append(part)
        left, rest = dict(difference(left, part)), rest - amount
    return parts


def _portion(allocation: Allocation, amount: int, whole: int) -> Allocation:
    if amount == whole:
        return dict(allocation)
    if whole < 0:
        mirrored = _portion({name: -part for name, part in allocation.items()}, -amount, -whole)
        return {name: -part for name, part in mirrored.items()}
    parts = {name: part * amount // whole for name, part in allocation.items()}
    # Each was rounded down by less than one, so the remainder is less than their number.
    remainder = amount - sum(parts.values())
    for name in sorted(parts, key=lambda name: -(allocation[name] * amount % whole))[:remainder]:
        parts[name] += 1
    return parts


def postings(allocation: Allocation) -> list[PostingRow]:
    """Returns the postings of money that came in (or, below zero, went out) allocated so."""
    accounts = [PostingRow(account=name, amount=-part) for name, part in allocation.items() if part]
    cash = sum(allocation.values())
    return [PostingRow(account=CASH, amount=cash), *accounts] if cash else accounts


def entry_add(
    entry_id: ObjectId,
    *,
    booking_id: ObjectId | None,
    currency: str,
    text: str,
    made_of: list[PostingRow],
    now: dt.datetime,
) -> None:
    """In the transaction of what moved the money."""
    if sum(posting["amount"] for posting in made_of):
        raise ValueError(f"The postings of {text!r} do not sum to zero.")
    row: LedgerEntryRow = {
        "_id": entry_id,
        "booking_id": booking_id,
        "text": text,
        "currency": currency,
        "postings": made_of,
        "at": now,
    }
    ledger_entries.insert_one(row)
