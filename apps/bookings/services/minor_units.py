"""Converts stored bookings and holds from hundredths (`apps.common.minor_units`). Their payments
have been converted before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bson import ObjectId

from apps.bookings.rows import BookingRow, HoldRow, bookings, holds
from apps.common.minor_units import (
    ODD,
    Batch,
    fields_whole,
    rows_batch,
    split_to,
    split_whole,
    whole,
)
from apps.payments.selectors import moved_of_booking
from apps.payments.services.ledger import account_of
from apps.properties.pricing import Line

OF_ODD = {"currency": {"$in": ODD}}
MOST_LABEL = 100


def bookings_batch() -> Batch:
    return rows_batch(bookings, OF_ODD, booking_values, _booking_amounts)


def holds_batch() -> Batch:
    return rows_batch(holds, OF_ODD, hold_values, _stay_amounts)


def booking_values(booking: BookingRow) -> dict[str, Any]:
    currency, host_id = booking["currency"], booking["host_id"]
    values = _stay_values(booking, currency, host_id)
    values |= fields_whole(booking, ("paid", "refunded"), currency)
    if moved := moved_of_booking(booking["_id"]):
        values["paid"], values["refunded"] = moved
    if proposal := booking.get("alteration"):
        values["alteration"] = {**proposal, **_stay_values(proposal, currency, host_id)}
    return values


def hold_values(hold: HoldRow) -> dict[str, Any]:
    return _stay_values(hold, hold["currency"], hold["_id"])


def _stay_values(stay: Mapping[str, Any], currency: str, host_id: ObjectId) -> dict[str, Any]:
    return {
        "lines": lines_whole(stay["lines"], currency, host_id=host_id),
        "total_price": whole(stay["total_price"], currency),
    }


def lines_whole(lines: Sequence[Line], currency: str, *, host_id: ObjectId) -> list[Line]:
    """Converts the lines so that they sum up to the total, and those of each account to what the
    ledger has of it."""
    by_account: dict[str, dict[int, int]] = defaultdict(dict)
    for at, line in enumerate(lines):
        by_account[account_of(line["code"], host_id=host_id)][at] = line["amount"]
    totals = split_whole({name: sum(of.values()) for name, of in by_account.items()}, currency)
    amounts: dict[int, int] = {}
    for name, of in by_account.items():
        amounts |= split_to(of, totals[name], currency)
    return [_line(line, amounts[at], currency) for at, line in enumerate(lines)]


def _line(line: Line, amount: int, currency: str) -> Line:
    """Where nights cost a part of a unit, the line says how many there were in its label."""
    unit = whole(line["unit_amount"], currency)
    if line["quantity"] * unit == amount:
        return {**line, "unit_amount": unit, "amount": amount}
    label = line["label"] if line["quantity"] == 1 else f"{line['quantity']} x {line['label']}"
    return {
        **line,
        "label": label[:MOST_LABEL],
        "quantity": 1,
        "unit_amount": amount,
        "amount": amount,
    }


def _stay_amounts(stay: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    yield "total", stay["total_price"]
    for line in stay["lines"]:
        yield f"lines {line['code']}", line["amount"]


def _booking_amounts(booking: BookingRow) -> Iterator[tuple[str, int]]:
    yield from _stay_amounts(booking)
    yield "paid", booking.get("paid") or 0
    yield "refunded", booking.get("refunded") or 0
