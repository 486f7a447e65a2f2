"""What a stay costs, night by night, as docs/decisions/0020 has it, and what bounds are worth."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

FRIDAY, SATURDAY = 4, 5
SERVICE_FEE = 12
# Decimals of the currencies of homes; the others have two.
DECIMALS = {"JPY": 0, "KWD": 3}
# A dinar moves by ten fils at least.
STEPS = {"KWD": 10}
Amount = Fraction
# Units of a currency for each euro.
PerEuro = Mapping[str, Decimal]


def unit(currency: str) -> int:
    return int(10 ** DECIMALS.get(currency, 2))


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def total(home: Mapping[str, Any], check_in: dt.date, check_out: dt.date, guests: int) -> int:
    nights = [check_in + dt.timedelta(days=n) for n in range((check_out - check_in).days)]
    lodging = sum(night_price(home, night) for night in nights)
    percent = 0
    if len(nights) >= 7:  # noqa: PLR2004
        percent = home["weekly_discount_percent"]
    if len(nights) >= 28 and home["monthly_discount_percent"]:  # noqa: PLR2004
        percent = home["monthly_discount_percent"]
    before = lodging - half_up(Fraction(lodging * percent, 100)) + home["cleaning_fee"]
    cap = home["tax_nights_cap"]
    taxed = len(nights) if cap is None else min(cap, len(nights))
    tax = guests * taxed * home["tax_per_person_night"]
    due = before + half_up(Fraction(before * SERVICE_FEE, 100)) + tax
    step = STEPS.get(home["currency"], 1)
    return int(ceil(Fraction(due, step)) * step)


def night_price(home: Mapping[str, Any], night: dt.date) -> int:
    for season in home["seasons"]:
        in_it = season["start"].date() <= night < season["end"].date()
        if in_it and season["price_per_night"] is not None:
            return int(season["price_per_night"])
    if night.weekday() in {FRIDAY, SATURDAY} and home["weekend_price"] is not None:
        return int(home["weekend_price"])
    return int(home["price_per_night"])


def in_euro(amount: int, currency: str, per_euro: PerEuro) -> Fraction | None:
    """In hundredths."""
    if currency not in per_euro:
        return None
    return Fraction(amount * 100, unit(currency)) / Fraction(per_euro[currency])


def is_within(
    amount: int,
    currency: str,
    asked: Mapping[str, str],
    what: str,
    per_euro: PerEuro,
) -> bool:
    """Bounds are amounts of the currency that is asked in; without one, of the home's own. What
    they are worth in another is rounded inwards to whole minor units."""
    named = asked.get("currency", currency)
    if named != currency and not {named, currency} <= per_euro.keys():
        return False
    rate = (
        Fraction(1) if named == currency else rate_of(currency, per_euro) / rate_of(named, per_euro)
    )
    factor = unit(currency) * rate
    if f"min_{what}" in asked and amount < ceil(Fraction(asked[f"min_{what}"]) * factor):
        return False
    return not (f"max_{what}" in asked and amount > floor(Fraction(asked[f"max_{what}"]) * factor))


def rate_of(currency: str, per_euro: PerEuro) -> Fraction:
    return Fraction(per_euro[currency])
