"""Makes minor units of the amounts that a host names. The currency of the listing says how many
decimals they may have and how high they may be."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from apps.common.errors import InvalidInputError
from apps.common.money import TooManyDecimalsError, minor_of, most_price, to_wire, units_of
from apps.properties.rows import ListingRow

AMOUNTS = ("price_per_night", "cleaning_fee", "weekend_price", "tax_per_person_night")
PRICE = "price_per_night"


class AmountsError(InvalidInputError):
    """Of one or more amounts; `problem` is the sentence about the first."""

    sentence = "{problem}"
    sample: ClassVar = {"problem": "JPY has no decimals: give a whole amount."}


def amounts_stored(
    values: Mapping[str, Any], *, before: ListingRow | None = None
) -> dict[str, Any]:
    """Returns `values`, which have whole units, with minor units. Where they change the currency of
    the listing `before`, its other amounts are in them as well: the same numbers. Raises
    `AmountsError`."""
    if before is not None and values.get("currency", before["currency"]) != before["currency"]:
        values = {**_units(before), **values}
    currency = values.get("currency") or (before["currency"] if before else "")
    problems: dict[str, str] = {}
    for name, amount in _amounts(values):
        if amount is not None and (problem := _problem(amount, currency)):
            problems.setdefault(name, problem)
    if problems:
        fields = {name: [problem] for name, problem in problems.items()}
        raise AmountsError(problem=next(iter(problems.values())), fields=fields)
    named = {name: _minor(values[name], currency) for name in AMOUNTS if name in values}
    return {**values, **named, **_seasons(values, currency)}


def _units(listing: ListingRow) -> dict[str, Any]:
    stored: Mapping[str, Any] = listing
    currency = listing["currency"]
    seasons = [
        {
            **season,
            "start": season["start"].date(),
            "end": season["end"].date(),
            PRICE: _units_or_none(season["price_per_night"], currency),
        }
        for season in listing.get("seasons") or ()
    ]
    named = {name: _units_or_none(stored.get(name), currency) for name in AMOUNTS if name in stored}
    return {**named, "seasons": seasons}


def _units_or_none(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else units_of(minor, currency)


def _amounts(values: Mapping[str, Any]) -> Iterator[tuple[str, Decimal | None]]:
    for name in AMOUNTS:
        yield name, values.get(name)
    for season in values.get("seasons") or ():
        yield "seasons", season.get(PRICE)


def _problem(amount: Decimal, currency: str) -> str:
    try:
        minor = minor_of(amount, currency)
    except TooManyDecimalsError as error:
        return error.message
    most = most_price(currency)
    return f"Must be at most {to_wire(most, currency):,.0f}." if minor > most else ""


def _minor(amount: Decimal | None, currency: str) -> int | None:
    return None if amount is None else minor_of(amount, currency)


def _seasons(values: Mapping[str, Any], currency: str) -> dict[str, Any]:
    if "seasons" not in values:
        return {}
    return {
        "seasons": [
            {**season, PRICE: _minor(season.get(PRICE), currency)} for season in values["seasons"]
        ]
    }
