"""What a stay costs, from the listing's terms alone. The rules apply in a fixed order:

1. each night: the season's price, else the weekend price, else the base price;
2. the discount for its length on the nights: the monthly from 28 on, else the weekly from 7 on;
3. the cleaning fee;
4. the service fee, a percentage of all of that;
5. the occupancy tax for each guest and night, up to the cap of nights.

Amounts are minor units, and percentages round half up.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings

from apps.common.money import percent_of
from apps.properties.nights import nights_of

MONTH_NIGHTS = 28
WEEK_NIGHTS = 7
WEEKEND = frozenset({4, 5})


class Night(NamedTuple):
    """`rule` is what set `rate`: base, weekend, or season:<its name>."""

    night: dt.date
    rate: int
    rule: str


class Price(NamedTuple):
    nights: list[Night]
    lines: list[dict[str, Any]]

    @property
    def total(self) -> int:
        return total_of(self.lines)


def total_of(lines: Iterable[Mapping[str, Any]]) -> int:
    return sum(line["amount"] for line in lines)


def stay_price(
    terms: Mapping[str, Any], *, check_in: dt.date, check_out: dt.date, guest_count: int
) -> Price:
    nights = [_night(terms, night) for night in nights_of(check_in, check_out)]
    lines = _night_lines(nights)
    if discount := length_discount(terms, len(nights)):
        name, percent = discount
        off = percent_of(total_of(lines), percent)
        lines.append(_line("LENGTH_DISCOUNT", f"{name} discount, {percent} %", 1, -off))
    lines.append(_line("CLEANING_FEE", "Cleaning fee", 1, terms["cleaning_fee"]))
    fee = percent_of(total_of(lines), settings.SERVICE_FEE_PERCENT)
    lines.append(_line("SERVICE_FEE", "Service fee", 1, fee))
    taxed = guest_count * taxed_nights(terms, len(nights))
    lines.append(_line("OCCUPANCY_TAX", "Occupancy tax", taxed, terms["tax_per_person_night"]))
    return Price(nights, [line for line in lines if line["amount"]])


def season_of(terms: Mapping[str, Any], night: dt.date) -> Mapping[str, Any] | None:
    return next((one for one in terms["seasons"] if one["start"] <= night < one["end"]), None)


def length_discount(terms: Mapping[str, Any], nights: int) -> tuple[str, int] | None:
    """The name and the percentage of the one that applies."""
    monthly, weekly = terms["monthly_discount_percent"], terms["weekly_discount_percent"]
    if nights >= MONTH_NIGHTS and monthly:
        return "Monthly", monthly
    if nights >= WEEK_NIGHTS and weekly:
        return "Weekly", weekly
    return None


def taxed_nights(terms: Mapping[str, Any], nights: int) -> int:
    cap = terms["tax_nights_cap"]
    return nights if cap is None else min(nights, cap)


def _night(terms: Mapping[str, Any], night: dt.date) -> Night:
    season = season_of(terms, night)
    if season and season["price_per_night"] is not None:
        return Night(night, season["price_per_night"], f"season:{season['name']}")
    if night.weekday() in WEEKEND and terms["weekend_price"] is not None:
        return Night(night, terms["weekend_price"], "weekend")
    return Night(night, terms["price_per_night"], "base")


def _night_lines(nights: Sequence[Night]) -> list[dict[str, Any]]:
    counts = Counter((one.rule, one.rate) for one in nights)
    return [_line("NIGHTS", _label(rule), count, rate) for (rule, rate), count in counts.items()]


def _label(rule: str) -> str:
    plain = {"base": "Nights", "weekend": "Weekend nights"}
    return plain.get(rule) or rule.removeprefix("season:")


def _line(code: str, label: str, quantity: int, unit_amount: int) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "quantity": quantity,
        "unit_amount": unit_amount,
        "amount": quantity * unit_amount,
    }


def rules_applied(terms: Mapping[str, Any], price: Price) -> list[str]:
    """How the price came about, in the order of the rules."""
    told = [_told_of(rule) for rule in dict.fromkeys(one.rule for one in price.nights)]
    for line in price.lines:
        if line["code"] == "LENGTH_DISCOUNT":
            told.append(f"{line['label']} off the nights, for a stay of {len(price.nights)}.")
        elif line["code"] == "CLEANING_FEE":
            told.append("The cleaning fee is for the whole stay.")
        elif line["code"] == "SERVICE_FEE":
            told.append(f"The service fee is {settings.SERVICE_FEE_PERCENT} % of all above it.")
        elif line["code"] == "OCCUPANCY_TAX":
            cap = terms["tax_nights_cap"]
            most = "" if cap is None else f", for at most {cap} nights"
            told.append(f"The tax is for each guest and night{most}.")
    return told


def _told_of(rule: str) -> str:
    plain = {
        "base": "Nights cost the base price.",
        "weekend": "The nights of Friday and Saturday cost the weekend price.",
    }
    return plain.get(rule) or f"Nights in {rule.removeprefix('season:')} cost the season's price."
