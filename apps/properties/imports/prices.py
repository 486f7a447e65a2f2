"""Amounts of money as people write them, to minor units. What can be read in two ways is refused,
unless the other amounts of its column show how they are written."""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from apps.common.money import MOST_DIGITS, TooManyDecimalsError, minor_of, most_price
from apps.common.money import digits as decimals
from apps.properties.imports.errors import RowError

MAX_MINOR = 2**31 - 1
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:[ '][0-9]{3})+")
_BY_POINT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:[, '][0-9]{2,3})*[, '][0-9]{3})\.[0-9]{1,2}")
_BY_COMMA = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:[. '][0-9]{3})+),[0-9]{1,2}")
_THOUSANDTHS_BY_POINT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:[, '][0-9]{3})+)\.[0-9]{3}")
_THOUSANDTHS_BY_COMMA = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:[. '][0-9]{3})+),[0-9]{3}")
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3})+,[0-9]{3}")
_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_SIGNED = re.compile(r"(?P<before>[^0-9.,'+-]*)(?P<digits>[0-9][0-9.,' ]*)(?P<after>[^0-9.,'+-]*)")
_SPACES = str.maketrans(dict.fromkeys("\xa0\u2009\u202f", " ") | {"\u2019": "'"})
# Dollars alone are of any currency: the dumps write them everywhere.
SIGNS = {
    "€": {"EUR"},
    "£": {"GBP"},
    "¥": {"JPY", "CNY"},
    "₩": {"KRW"},
    "₹": {"INR"},
    "₺": {"TRY"},
    "₫": {"VND"},
    "฿": {"THB"},
    "₪": {"ILS"},
    "kr": {"DKK", "ISK", "NOK", "SEK"},
    "zł": {"PLN"},
    "Kč": {"CZK"},
    "US$": {"USD"},
    "S$": {"SGD"},
    "A$": {"AUD"},
    "C$": {"CAD"},
    "R$": {"BRL"},
    "NZ$": {"NZD"},
    "HK$": {"HKD"},
    "NT$": {"TWD"},
}


class Style(Enum):
    """What stands before the hundredths."""

    POINT = "."
    COMMA = ","


def style_of(written: Iterable[str]) -> Style | None:
    """Returns how all of these amounts are written that can be read in one way only."""
    found = {style for one in written if (style := _style(_digits(one)))}
    return found.pop() if len(found) == 1 else None


def price(value: str, *, currency: str = "", style: Style | None = None) -> int:
    """Returns the minor units of `$1,234.00`. Raises `RowError`."""
    minor = amount(value, column="price", currency=currency, style=style)
    if not minor:
        raise RowError(f"price is {value!r}, not a price above nothing")
    return minor


def amount(value: str, *, column: str, currency: str = "", style: Style | None = None) -> int:
    """The dumps write a dollar sign whatever the currency; any other sign or code is believed.
    Raises `RowError`."""
    digits = _digits(value)
    if not digits:
        raise RowError(f"{column} is {value!r}, not an amount")
    _check_currency(value, column, currency)
    if _EITHER.fullmatch(digits):
        number = _either(digits, style, currency)
        if not number:
            raise RowError(f"{column} is {value!r}, which may be {_readings(digits)}")
    elif _WHOLE.fullmatch(digits) or _COMMAS.fullmatch(digits) or _POINTS.fullmatch(digits):
        number = re.sub(r"[^0-9]", "", digits)
    elif found := _style(digits) or _style_of_thousandths(digits, currency):
        number = _as(digits, found)
    else:
        raise RowError(f"{column} is {value!r}, not an amount")
    return _minor(number, value, column, currency)


def _either(digits: str, style: Style | None, currency: str) -> str:
    """Empty where it may be both. A currency without decimals has thousands only."""
    if not decimals(currency):
        return re.sub(r"[^0-9]", "", digits)
    return _as(digits, style) if style else ""


def _minor(number: str, value: str, column: str, currency: str) -> int:
    try:
        minor = minor_of(Decimal(number), currency)
    except TooManyDecimalsError as error:
        why = "with more decimals than money has"
        if not decimals(currency):
            why = f"while {currency} has no decimals"
        raise RowError(f"{column} is {value!r}, {why}") from error
    if minor > max(MAX_MINOR, most_price(currency)):
        raise RowError(f"{column} is {value!r}, more than can be stored")
    return minor


def _digits(written: str) -> str:
    parts = _SIGNED.fullmatch(written.strip().translate(_SPACES))
    return parts["digits"].strip() if parts else ""


def _style(digits: str) -> Style | None:
    if _BY_POINT.fullmatch(digits) or _COMMAS.fullmatch(digits):
        return Style.POINT
    if _BY_COMMA.fullmatch(digits) or _POINTS.fullmatch(digits):
        return Style.COMMA
    return None


def _style_of_thousandths(digits: str, currency: str) -> Style | None:
    """Of a dinar, say; in other currencies three decimals are nothing that people write."""
    if decimals(currency) < MOST_DIGITS:
        return None
    if _THOUSANDTHS_BY_POINT.fullmatch(digits):
        return Style.POINT
    return Style.COMMA if _THOUSANDTHS_BY_COMMA.fullmatch(digits) else None


def _as(digits: str, style: Style) -> str:
    kept = re.sub(rf"[^0-9{re.escape(style.value)}]", "", digits)
    return kept.replace(style.value, ".")


def _readings(digits: str) -> str:
    plain = re.sub(r"[.,]", ".", digits)
    return f"{plain.replace('.', '')} or {plain}: write it with two decimals"


def _check_currency(value: str, column: str, currency: str) -> None:
    parts = _SIGNED.fullmatch(value.strip().translate(_SPACES))
    said = f"{parts['before']} {parts['after']}".strip() if parts else ""
    if not currency or not said or said == "$":
        return
    meant = SIGNS.get(said) or {said.upper(), said.upper().removesuffix("$").strip()}
    if currency not in meant:
        raise RowError(f"{column} is {value!r}, while the place has {currency}")
