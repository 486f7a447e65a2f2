"""What an e-mail says of a stay, in the reader's way of writing dates and money and at the
listing's time. The words are English."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_currency
from bson import ObjectId

from apps.bookings.arrival import address_shown
from apps.bookings.enums import Status
from apps.common.money import digits, units_of
from apps.properties.selectors import listing_stayed_at

Row = Mapping[str, Any]
# Babel sets a code right before the digits.
AFTER_CODE = re.compile(r"(?<=[A-Z])(?=\d)")
DECIMALS = re.compile(r"\.0+")
WITHDRAWN = {"title": "A withdrawn listing"}


def listing_of(stay: Row | None) -> Row:
    """The listing as it is now, also a deleted one."""
    if not stay or not ObjectId.is_valid(stay["listing_id"]):
        return WITHDRAWN
    return listing_stayed_at(ObjectId(stay["listing_id"])) or WITHDRAWN


def address_of(email: Row, *, now: dt.datetime) -> str:
    """The address, in an e-mail about a confirmed stay to somebody who may know it now. How to get
    in is never in an e-mail: these are forwarded, and kept."""
    stay = email["stay"]
    if not stay or stay["status"] != Status.CONFIRMED:
        return ""
    return address_shown(email["booking_id"], person_id=email["user_id"], now=now)


def facts_of(
    stay: Row | None, listing: Row, locale_code: str, *, address: str
) -> list[tuple[str, str]]:
    """Name and value of each line, empty ones left out."""
    if not stay:
        return []
    locale = Locale.parse(locale_code, sep="-")
    begin, end = instants(stay, listing)
    lines = [
        ("Where", listing["title"]),
        ("Address", address),
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
    """The decimals are those of ISO 4217: Babel would leave out some that are paid."""
    if not stay["currency"]:
        return ""
    currency = stay["currency"]
    text = format_currency(
        units_of(stay["total_price"], currency),
        currency,
        format=_pattern(locale, digits(currency)),
        locale=locale,
        currency_digits=False,
    )
    return AFTER_CODE.sub("\N{NO-BREAK SPACE}", text)


def _pattern(locale: Locale, count: int) -> str:
    decimals = f".{'0' * count}" if count else ""
    return DECIMALS.sub(decimals, locale.currency_formats["standard"].pattern)
