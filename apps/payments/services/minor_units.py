"""Converts stored payments, their commands and the ledger from hundredths, a booking at a time
(`apps.common.minor_units`). After each of its commands as much is captured as was, rounded: so what
is captured in all, and whose it is, follows from the booking's price as before."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bson import ObjectId

from apps.common.minor_units import BATCH, ODD, Converted, Sums, split_whole, whole
from apps.common.rows import Rows
from apps.payments.documents import SandboxCharge
from apps.payments.enums import Command, CommandStatus, PaymentState
from apps.payments.rows import (
    LedgerEntryRow,
    PaymentCommandRow,
    PaymentRow,
    PostingRow,
    SandboxChargeRow,
    ledger_entries,
    payment_commands,
    payments,
)
from apps.payments.services import ledger

Amounts = dict[str, int]
charges: Rows[SandboxChargeRow] = Rows(SandboxCharge)


@dataclass(frozen=True, kw_only=True)
class Account:
    """What belongs together: the payments of one booking, or one payment without a booking."""

    currency: str
    payments: Sequence[PaymentRow]
    commands: Sequence[PaymentCommandRow]
    entries: Sequence[LedgerEntryRow]


@dataclass
class Changes:
    """The new values of fields, by row."""

    payments: dict[ObjectId, Amounts] = field(default_factory=dict)
    commands: dict[ObjectId, dict[str, Any]] = field(default_factory=dict)
    entries: dict[ObjectId, list[PostingRow]] = field(default_factory=dict)


def changes_of(account: Account) -> Changes:
    found = Changes()
    captured = _moved(account, found)
    reserved = captured
    for payment in account.payments:
        asked = [one for one in account.commands if one["payment_id"] == payment["_id"]]
        amounts = {
            "captured": _done(asked, found, Command.CAPTURE),
            "refunded": _done(asked, found, Command.REFUND),
        }
        capture = next((one for one in asked if one["kind"] == Command.CAPTURE), None)
        amount = whole(payment["amount"], account.currency)
        if capture is not None:
            taken = found.commands[capture["_id"]]["amount"]
            is_all = capture["amount"] == payment["amount"]
            amount = taken if is_all else max(amount, taken)
        elif payment["status"] == PaymentState.AUTHORISED and not asked:
            after = reserved + payment["amount"]
            amount = whole(after, account.currency) - whole(reserved, account.currency)
            reserved = after
        found.payments[payment["_id"]] = {"amount": amount, **amounts}
        for one in asked:
            if one["kind"] == Command.VOID:
                found.commands[one["_id"]] = {"amount": amount}
    return found


def _moved(account: Account, found: Changes) -> int:
    """Goes through what was asked and entered, in its order, and returns what is captured in the
    end, in hundredths."""
    is_command = {one["_id"] for one in account.commands}
    rows: list[Any] = [
        *(one for one in account.commands if one["kind"] != Command.VOID),
        *(one for one in account.entries if one["_id"] not in is_command),
    ]
    allocation: Counter[str] = Counter()
    before: Mapping[str, int] = {}
    for row in sorted(rows, key=lambda row: row["_id"]):
        allocation.update(ledger.allocation_posted(row["postings"]))
        after = split_whole(allocation, account.currency)
        change = ledger.difference(after, before)
        posted = ledger.postings(change)
        if row["_id"] in is_command:
            found.commands[row["_id"]] = {"amount": abs(sum(change.values())), "postings": posted}
        found.entries[row["_id"]] = posted
        before = after
    kept = {one["_id"] for one in account.entries}
    found.entries = {name: posted for name, posted in found.entries.items() if name in kept}
    return sum(allocation.values())


def _done(asked: Sequence[PaymentCommandRow], found: Changes, kind: Command) -> int:
    return sum(
        found.commands[one["_id"]]["amount"]
        for one in asked
        if one["kind"] == kind and one["status"] == CommandStatus.DONE
    )


def booking_batch(last: ObjectId | None) -> Converted | None:
    """Of bookings, by their ids."""
    after = {"$gt": last} if last else {"$ne": None}
    stages: list[dict[str, Any]] = [
        {"$match": {"booking_id": after, "currency": {"$in": ODD}}},
        {"$group": {"_id": "$booking_id"}},
        {"$sort": {"_id": 1}},
        {"$limit": BATCH},
    ]
    ids = [row["_id"] for row in payments.aggregate(stages)]
    return _converted(ids[-1], [_account({"booking_id": one}) for one in ids]) if ids else None


def unbound_batch(last: ObjectId | None) -> Converted | None:
    """Of payments that belong to no booking."""
    query: dict[str, Any] = {"booking_id": None, "currency": {"$in": ODD}}
    after = {"_id": {"$gt": last}} if last else {}
    found = list(payments.find({**query, **after}, {"_id": 1}).sort("_id", 1).limit(BATCH))
    ids = [row["_id"] for row in found]
    accounts = [_account({"payment_id": one}) for one in ids]
    return _converted(ids[-1], accounts) if ids else None


def _account(which: dict[str, ObjectId]) -> Account:
    named = which if "booking_id" in which else {"_id": which["payment_id"]}
    found = list(payments.find(named).sort([("created_at", 1), ("_id", 1)]))
    return Account(
        currency=found[0]["currency"],
        payments=found,
        commands=list(payment_commands.find(which).sort("_id", 1)),
        entries=list(ledger_entries.find(which)) if "booking_id" in which else [],
    )


def _converted(last: ObjectId, accounts: Sequence[Account]) -> Converted:
    before: Sums = Counter()
    after: Sums = Counter()
    count = 0
    for account in accounts:
        changes = changes_of(account)
        _store(account, changes)
        for one, sums in ((account, before), (_account_now(account), after)):
            for name, amount in _amounts(one):
                sums[account.currency, name] += amount
                count += 1
    return Converted(last=last, amounts=count, before=before, after=after)


def _account_now(account: Account) -> Account:
    booking_id = account.payments[0]["booking_id"]
    payment_id = account.payments[0]["_id"]
    return _account({"booking_id": booking_id} if booking_id else {"payment_id": payment_id})


def _amounts(account: Account) -> Iterator[tuple[str, int]]:
    for payment in account.payments:
        yield "payments authorised", payment["amount"]
        yield "payments captured", payment["captured"]
        yield "payments refunded", payment["refunded"]
    for command in account.commands:
        yield f"commands to {command['kind']}", command["amount"]
    for entry in account.entries:
        for posting in entry["postings"]:
            yield f"ledger of {posting['account'].partition(':')[0]}", posting["amount"]


def _store(account: Account, changes: Changes) -> None:
    for payment_id, amounts in changes.payments.items():
        payments.update_one({"_id": payment_id}, {"$set": amounts})
        _charge_store(str(payment_id), amounts["amount"], account, changes)
    for command_id, values in changes.commands.items():
        payment_commands.update_one({"_id": command_id}, {"$set": values})
    for entry_id, posted in changes.entries.items():
        ledger_entries.update_one({"_id": entry_id}, {"$set": {"postings": posted}})


def _charge_store(name: str, amount: int, account: Account, changes: Changes) -> None:
    """The sandbox's own book, which may be ahead of ours. Here it takes part in our transaction."""
    charge = charges.find_one({"_id": name})
    if charge is None:
        return
    moved: Counter[str] = Counter()
    for command in account.commands:
        if str(command["_id"]) in charge["keys"]:
            moved[command["kind"]] += changes.commands[command["_id"]]["amount"]
    values = {
        "amount": amount,
        "captured": moved[Command.CAPTURE],
        "refunded": moved[Command.REFUND],
    }
    charges.update_one({"_id": name}, {"$set": values})
