"""Money is an integer in the smallest unit that ISO 4217 gives its currency: a yen, a cent, a fils.
On the wire and in events it is a JSON number with at most that many decimals.

The rules of rounding, all of them:

- a share of an amount (`percent_of`): half up, as shops and invoices do, so that nobody has to know
  another rule to check a line;
- what is to be paid (`payable`): up to what payment providers can move. It is added to a line of
  the price, so that lines and total stay equal, and it is less than one coin;
- a number that comes with more decimals (`from_wire`: an old event, a price that a formula made):
  half up;
- an amount converted to be shown: half up; bounds of a search: inwards (`apps.common.exchange`);
- an amount that is split (`apps.payments.services.ledger`): the largest remainders get the rest.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import ClassVar

from iso4217 import Currency

from apps.common.errors import InvalidInputError

# In the list of ISO 4217, but no money that somebody pays with: units of accounting and of funds.
_FUNDS = frozenset({"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "VED", "XAD"})
_DIGITS: Mapping[str, int] = MappingProxyType(
    {
        one.code: one.exponent
        for one in Currency
        if one.exponent is not None and one.code not in _FUNDS
    }
)
CURRENCIES = frozenset(_DIGITS)
# Of an amount whose currency is not known.
DIGITS = 2
MOST_DIGITS = max(_DIGITS.values())
_SCALES = {code: 10**count for code, count in _DIGITS.items()}
# Card networks move thousandths by tens. An ariary has five parts, which nobody moves.
_STEPS = {**{code: 10 for code, count in _DIGITS.items() if count == MOST_DIGITS}, "MGA": 100}
# What a price may be at most, in whole units; and of those of which a euro buys a thousand or more.
MOST_PRICE = 20_000_000
MOST_SMALL_PRICE = 1_000 * MOST_PRICE
_SMALL = frozenset(
    [
        "AOA",
        "ARS",
        "BIF",
        "CDF",
        "CLP",
        "COP",
        "GNF",
        "IDR",
        "IQD",
        "IRR",
        "KHR",
        "KPW",
        "KRW",
        "LAK",
        "LBP",
        "MGA",
        "MMK",
        "MNT",
        "MWK",
        "NGN",
        "PYG",
        "RWF",
        "SSP",
        "SYP",
        "TZS",
        "UGX",
        "UZS",
        "VND",
        "YER",
    ]
)


class TooManyDecimalsError(InvalidInputError):
    sentence = "{currency} has {digits} decimals: give at most {digits}."
    sample: ClassVar = {"currency": "EUR", "digits": 2}


class WholeAmountError(TooManyDecimalsError):
    sentence = "{currency} has no decimals: give a whole amount."
    sample: ClassVar = {"currency": "JPY"}


def digits(currency: str | None) -> int:
    """How many decimals amounts of it have, by ISO 4217."""
    return _DIGITS.get(currency or "", DIGITS)


def currencies_of(count: int) -> list[str]:
    """Those with so many decimals."""
    return sorted(code for code, has in _DIGITS.items() if has == count)


def smallest(currency: str) -> int:
    """The smallest amount that can be paid: more than the smallest unit in a few currencies."""
    return _STEPS.get(currency, 1)


def steps() -> Mapping[str, int]:
    """`smallest` of the few currencies where it is more than one."""
    return _STEPS


def payable(minor: int, currency: str) -> int:
    """The amount, rounded up to what can be paid."""
    return minor + -minor % smallest(currency)


def most_price(currency: str) -> int:
    """The highest price of a night, or of anything else that a host may name."""
    most = MOST_SMALL_PRICE if currency in _SMALL else MOST_PRICE
    return int(most * 10 ** digits(currency))


def to_wire(minor: int, currency: str | None) -> float:
    scale = _SCALES.get(currency or "", 10**DIGITS)
    return minor / scale if scale > 1 else minor


def from_wire(amount: Decimal | float | str, currency: str | None) -> int:
    return int(_scaled(amount, currency).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def minor_of(amount: Decimal, currency: str | None, *, field: str = "") -> int:
    """What somebody typed into `field`; raises `TooManyDecimalsError`."""
    scaled = _scaled(amount, currency)
    if scaled % 1:
        kind = TooManyDecimalsError if digits(currency) else WholeAmountError
        error = kind(currency=currency or "An amount without a currency", digits=digits(currency))
        error.fields = {field: [error.message]} if field else {}
        raise error
    return int(scaled)


def units_of(minor: int, currency: str | None) -> Decimal:
    """The amount in whole units, exactly."""
    return Decimal(minor).scaleb(-digits(currency))


def _scaled(amount: Decimal | float | str, currency: str | None) -> Decimal:
    return Decimal(str(amount)).scaleb(digits(currency))


def money_text(minor: int, currency: str) -> str:
    return f"{units_of(minor, currency):,.{digits(currency)}f} {currency}"


def percent_of(minor: int, percent: int) -> int:
    """Rounded half up to a whole minor unit."""
    return (minor * percent + 50) // 100
