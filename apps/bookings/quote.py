"""What a stay costs, line by line, in minor units. The total is the sum of the lines."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from bson import ObjectId
from django.conf import settings

from apps.common.errors import ConflictError, InvalidInputError
from apps.common.money import percent_of, to_wire
from apps.properties.nights import WINDOW_DAYS, nights_taken
from apps.properties.selectors import listing_terms


def price_lines(terms: dict[str, Any], *, nights: int) -> list[dict[str, Any]]:
    lodging = _line("NIGHTS", "Nights", nights, terms["price_per_night"])
    cleaning = _line("CLEANING_FEE", "Cleaning fee", 1, terms["cleaning_fee"])
    fee = percent_of(lodging["amount"] + cleaning["amount"], settings.SERVICE_FEE_PERCENT)
    lines = [lodging, cleaning, _line("SERVICE_FEE", "Service fee", 1, fee)]
    return [line for line in lines if line["amount"]]


def _line(code: str, label: str, quantity: int, unit_amount: int) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "quantity": quantity,
        "unit_amount": unit_amount,
        "amount": quantity * unit_amount,
    }


def total_of(lines: list[dict[str, Any]]) -> int:
    return sum(line["amount"] for line in lines)


def lines_to_wire(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    money = ("unit_amount", "amount")
    return [{**line, **{name: to_wire(line[name]) for name in money}} for line in lines]


def stay_check(
    terms: dict[str, Any],
    *,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
) -> None:
    """Raises `InvalidInputError` for a stay that the listing's rules refuse."""
    if not terms["is_active"]:
        raise ConflictError("This listing takes no bookings at present.", code="LISTING_INACTIVE")
    today = now.astimezone(ZoneInfo(terms["time_zone"])).date()
    if check_in < today:
        raise _refused("check_in", "PAST_DATE", f"Must be {today} at the listing, or later.")
    if (check_in - today).days > WINDOW_DAYS:
        raise _refused("check_in", "TOO_FAR_AHEAD", "Stays can be booked two years ahead.")
    nights = (check_out - check_in).days
    if nights < terms["min_nights"]:
        raise _refused(
            "check_out", "MIN_STAY", f"Stays here have {terms['min_nights']} or more nights."
        )
    if nights > terms["max_nights"]:
        raise _refused(
            "check_out", "MAX_STAY", f"Stays here have at most {terms['max_nights']} nights."
        )
    guests_check(terms, guest_count)


def guests_check(terms: dict[str, Any], guest_count: int) -> None:
    most = terms["capacity"]["max_guests"]
    if guest_count > most:
        raise _refused("guest_count", "TOO_MANY_GUESTS", f"There is room for {most} at most.")


def _refused(field: str, code: str, sentence: str) -> InvalidInputError:
    return InvalidInputError(f"{field}: {sentence}", fields={field: [sentence]}, code=code)


def quote(
    *,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
) -> dict[str, Any]:
    terms = listing_terms(listing_id)
    stay_check(terms, check_in=check_in, check_out=check_out, guest_count=guest_count, now=now)
    nights = (check_out - check_in).days
    lines = price_lines(terms, nights=nights)
    taken = nights_taken(listing_id, start=check_in, end=check_out, now=now)
    return {
        "listing_id": listing_id,
        "check_in": check_in,
        "check_out": check_out,
        "nights": nights,
        "guest_count": guest_count,
        "currency": terms["currency"],
        "lines": lines_to_wire(lines),
        "total_price": to_wire(total_of(lines)),
        "available": not taken,
        "taken": taken,
    }
