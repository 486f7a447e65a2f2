"""What an e-mail says of a stay, in the reader's way of writing dates and money and at the
listing's time. The words are English."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_currency
from bson import ObjectId

from apps.bookings.enums import Status
from apps.properties.selectors import listing_arrival

Row = Mapping[str, Any]
# Babel sets a code right before the digits.
AFTER_CODE = re.compile(r"(?<=[A-Z])(?=\d)")
WITHDRAWN = {"title": "A withdrawn listing"}


def listing_of(stay: Row | None) -> Row:
    """The listing as it is now, also a deleted one."""
    if not stay or not ObjectId.is_valid(stay["listing_id"]):
        return WITHDRAWN
    return listing_arrival(ObjectId(stay["listing_id"])) or WITHDRAWN


def facts_of(stay: Row | None, listing: Row, locale_code: str) -> list[tuple[str, str]]:
    """Name and value of each line, empty ones left out. Where to find it is told of a confirmed
    stay alone."""
    if not stay:
        return []
    locale = Locale.parse(locale_code, sep="-")
    begin, end = instants(stay, listing)
    lines = [
        ("Where", listing["title"]),
        ("Address", place(listing) if stay["status"] == Status.CONFIRMED else ""),
        ("Check-in", f"{_day(begin, locale)}, from {_time(begin, locale)}"),
        ("Check-out", f"{_day(end, locale)}, until {_time(end, locale)}"),
        ("Nights", str((end.date() - begin.date()).days)),
        ("Guests", str(stay["guest_count"] or "")),
        ("Total", _money(stay, locale)),
        ("Times are", get_timezone_name(begin, locale="en")),
    ]
    return [(name, value) for name, value in lines if value]


def instants(stay: Row, listing: Row) -> tuple[dt.datetime, dt.datetime]:
    """When the stay begins and ends, in the listing's time zone."""
    zone = _zone(listing.get("time_zone") or "UTC")
    return (
        _at(stay["check_in"], listing.get("check_in_time") or "15:00", zone),
        _at(stay["check_out"], listing.get("check_out_time") or "11:00", zone),
    )


def place(listing: Row) -> str:
    location = listing.get("location") or {}
    parts = (location.get(name) or "" for name in ("address", "city", "state", "country"))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _at(day: dt.datetime, time: str, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day.date(), dt.time.fromisoformat(time), zone)


def _day(moment: dt.datetime, locale: Locale) -> str:
    return str(format_date(moment.date(), "full", locale=locale))


def _time(moment: dt.datetime, locale: Locale) -> str:
    return str(format_time(moment.time(), "short", locale=locale))


def _money(stay: Row, locale: Locale) -> str:
    if not stay["currency"]:
        return ""
    amount = Decimal(stay["total_price"]) / 100
    text = format_currency(amount, stay["currency"], locale=locale)
    return AFTER_CODE.sub("\N{NO-BREAK SPACE}", text)
