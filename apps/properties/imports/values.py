"""One cell of a dump -> one value. Each raises `RowError` that names the column."""

import datetime as dt
import re
from collections.abc import Mapping
from math import isfinite

from apps.common.characters import cleaned
from apps.properties.imports.errors import RowError

MAX_SMALL = 2**15 - 1
FIRST_YEAR, LAST_YEAR = 2000, 2100
_FOUND = re.compile(r"\d+(?:\.\d+)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE]-[0-9]+)?")
_AT_MIDNIGHT = re.compile(r"(.+?)[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?")
TRUE, FALSE = frozenset({"t", "true"}), frozenset({"f", "false"})
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


def token(row: Row, column: str) -> str:
    """A number, a date, a word: what nobody sees in it may be a part of it that was lost."""
    value = prose(row, column)
    if not value.isprintable():
        raise RowError(f"{column} is {value[:40]!r}, with characters that nobody sees")
    return value


def whole(row: Row, column: str) -> int | None:
    """None for a blank cell; newer dumps write some whole numbers as `2.0`."""
    value = token(row, column)
    if not value:
        return None
    number = number_of(column, value)
    if number < 0 or number != int(number):
        raise RowError(f"{column} is {value!r}, not a whole number")
    return int(number)


def decimal(row: Row, column: str) -> float | None:
    value = token(row, column)
    return number_of(column, value) if value else None


def number_of(column: str, value: str) -> float:
    """A single comma is a decimal one: nothing that is read here has thousands."""
    number = float(value.replace(",", ".")) if _NUMBER.fullmatch(value) else float("nan")
    if not isfinite(number):
        raise RowError(f"{column} is {value[:40]!r}, not a number")
    return number


def coordinate(row: Row, column: str, limit: int) -> float:
    value = token(row, column)
    if not value:
        raise RowError(f"{column} is blank")
    number = number_of(column, value)
    if abs(number) > limit:
        raise RowError(f"{column} is {number}, outside -{limit} to {limit}")
    return number


def is_true(row: Row, column: str) -> bool | None:
    """None for a blank cell."""
    value = token(row, column).lower()
    if value and value not in TRUE | FALSE:
        raise RowError(f"{column} is {value[:40]!r}, neither t nor f")
    return value in TRUE if value else None


def date(row: Row, column: str) -> dt.date:
    value = token(row, column)
    if not value:
        raise RowError(f"{column} is blank")
    return date_of(column, value)


def date_of(column: str, value: str) -> dt.date:
    """As YYYY-MM-DD, also with a midnight behind it: which of two numbers is the month of
    another spelling, nobody knows."""
    midnight = _AT_MIDNIGHT.fullmatch(value)
    try:
        day = dt.date.fromisoformat(midnight[1] if midnight else value)
    except ValueError:
        raise RowError(f"{column} is {value[:40]!r}, not a date as YYYY-MM-DD") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RowError(f"{column} is {value!r}, not of {FIRST_YEAR} to {LAST_YEAR}")
    return day


def bathrooms(row: Row) -> float | None:
    """From `1.5 shared baths` or `Half-bath`; older dumps have the number alone."""
    words = text(row, "bathrooms_text").lower().replace(",", ".")
    number = _FOUND.search(words)
    if number:
        return float(number[0])
    if "half-bath" in words:
        return 0.5
    return decimal(row, "bathrooms")
