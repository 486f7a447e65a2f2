"""Double entry in minor units: what is captured comes into `cash` and is owed to the host, to the
state as tax, and to ourselves as fees; a refund goes the way back. Every entry sums to zero.

`Shares` say how much of an amount belongs to which account; below zero for what is given back."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bson import ObjectId

from apps.common import mongo

CASH = "cash"
ACCOUNTS = {"SERVICE_FEE": "fees", "OCCUPANCY_TAX": "tax"}
Shares = Mapping[str, int]


def shares_of(lines: Iterable[Mapping[str, Any]], *, host_id: ObjectId) -> Shares:
    """Nights, their discount and the cleaning fee are the host's."""
    shares: Counter[str] = Counter()
    for line in lines:
        shares[ACCOUNTS.get(line["code"], f"host:{host_id}")] += line["amount"]
    return shares


def shares_posted(postings: Iterable[Mapping[str, Any]]) -> Shares:
    shares: Counter[str] = Counter()
    for posting in postings:
        if posting["account"] != CASH:
            shares[posting["account"]] -= posting["amount"]
    return shares


def difference(wanted: Shares, given: Shares) -> Shares:
    accounts = sorted(wanted.keys() | given.keys())
    return {name: wanted.get(name, 0) - given.get(name, 0) for name in accounts}


def split(shares: Shares, amounts: Sequence[int]) -> list[Shares]:
    """`shares` over `amounts`, each of which it sums to exactly; amounts that make up the whole
    make up each account as well."""
    left, rest = dict(shares), sum(shares.values())
    parts: list[Shares] = []
    for amount in amounts:
        part = _portion(left, amount, rest)
        parts.append(part)
        left, rest = dict(difference(left, part)), rest - amount
    return parts


def _portion(shares: Shares, amount: int, whole: int) -> Shares:
    if amount == whole:
        return dict(shares)
    if whole < 0:
        mirrored = _portion({name: -share for name, share in shares.items()}, -amount, -whole)
        return {name: -share for name, share in mirrored.items()}
    part = {name: share * amount // whole for name, share in shares.items()}
    # Each was rounded down by less than one, so the remainder is less than their number.
    remainder = amount - sum(part.values())
    for name in sorted(part, key=lambda name: -(shares[name] * amount % whole))[:remainder]:
        part[name] += 1
    return part


def postings(shares: Shares) -> list[dict[str, Any]]:
    """Of money that came (or went, below zero) by these shares."""
    accounts = [{"account": name, "amount": -share} for name, share in shares.items() if share]
    cash = sum(shares.values())
    return [{"account": CASH, "amount": cash}, *accounts] if cash else accounts


def entry_add(
    entry_id: ObjectId,
    *,
    booking: Mapping[str, Any],
    text: str,
    made_of: list[dict[str, Any]],
    now: dt.datetime,
) -> None:
    """In the transaction of what moved the money."""
    if sum(posting["amount"] for posting in made_of):
        raise ValueError(f"The postings of {text!r} do not sum to zero.")
    row = {
        "_id": entry_id,
        "booking_id": booking["_id"],
        "text": text,
        "currency": booking["currency"],
        "postings": made_of,
        "at": now,
    }
    mongo.collection("ledger_entries").insert_one(row, session=mongo.session())
