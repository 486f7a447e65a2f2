"""One cell of a dump -> one value. Each raises `RowError` that names the column."""

import csv
import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from math import isfinite

from apps.common.characters import cleaned
from apps.common.money import from_wire
from apps.properties.imports.errors import RowError

MAX_MINOR = 2**31 - 1
MAX_SMALL = 2**15 - 1
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
Row = Mapping[str, str]


def prose(row: Row, column: str) -> str:
    return (row.get(column) or "").strip()


def text(row: Row, column: str) -> str:
    """One line, without what no text may have."""
    return cleaned(prose(row, column))


def required(row: Row, column: str) -> str:
    value = text(row, column)
    if not value:
        raise RowError(f"{column} is blank")
    return value


def whole(row: Row, column: str) -> int | None:
    """None for a blank cell; newer dumps write some whole numbers as `2.0`."""
    value = text(row, column)
    if not value:
        return None
    number = _float(column, value)
    if number < 0 or number != int(number):
        raise RowError(f"{column} is {value!r}, not a whole number")
    return int(number)


def decimal(row: Row, column: str) -> float | None:
    value = text(row, column)
    return _float(column, value) if value else None


def _float(column: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise RowError(f"{column} is {value!r}, not a number") from None
    if not isfinite(number):
        raise RowError(f"{column} is {value!r}, not a number")
    return number


def coordinate(row: Row, column: str, limit: int) -> float:
    number = _float(column, required(row, column))
    if abs(number) > limit:
        raise RowError(f"{column} is {number}, outside -{limit} to {limit}")
    return number


def price(value: str) -> int:
    """Minor units of `$1,234.00`: the dumps write a dollar sign whatever the currency."""
    digits = value.strip().lstrip("$").replace(",", "")
    try:
        minor = from_wire(Decimal(digits)) if digits else 0
    except (InvalidOperation, ValueError):
        raise RowError(f"price is {value!r}, not an amount") from None
    if not 0 < minor <= MAX_MINOR:
        raise RowError(f"price is {value!r}, not a price above nothing")
    return minor


def date(row: Row, column: str) -> dt.date:
    value = required(row, column)
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise RowError(f"{column} is {value!r}, not a date as YYYY-MM-DD") from None


def bathrooms(row: Row) -> float | None:
    """From `1.5 shared baths` or `Half-bath`; older dumps have the number alone."""
    words = text(row, "bathrooms_text").lower()
    number = _NUMBER.search(words)
    if number:
        return float(number[0])
    if "half-bath" in words:
        return 0.5
    return decimal(row, "bathrooms")


def amenities(row: Row) -> list[str]:
    """From JSON, or `{TV,"Cable TV"}` as dumps before 2021 write it."""
    value = text(row, "amenities")
    if value.startswith("{") and value.endswith("}"):
        found: object = next(csv.reader([value[1:-1]]), [])
    else:
        found = _json(value or "[]")
    if not isinstance(found, list):
        raise RowError("amenities is not a list")
    names = (cleaned(" ".join(str(name).split()))[:200] for name in found)
    return list(dict.fromkeys(name for name in names if name))


def _json(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        raise RowError(f"amenities is {value[:40]!r}, not a list as JSON") from None
