"""Prices a stay, from the listing's terms alone. The rules apply in a fixed order:

1. each night: the season's price, else the weekend price, else the base price;
2. the discount for its length on the nights: the monthly from 28 on, else the weekly from 7 on;
3. the cleaning fee;
4. the service fee, a percentage of all of that;
5. the occupancy tax for each guest and night, up to the cap of nights;
6. what is missing to an amount that can be paid, which is part of the service fee.

Amounts are minor units of the listing's currency and round as `apps.common.money` says, line by
line: the total is the sum of its lines.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict

from bson import ObjectId
from django.conf import settings

from apps.common.money import payable, percent_of, smallest, to_wire
from apps.properties.nights import nights_of
from apps.properties.rows import TermsRow

MONTH_NIGHTS = 28
WEEK_NIGHTS = 7
WEEKEND = frozenset({4, 5})


class Season(TypedDict):
    """The nights [start, end); None is what holds in the rest of the year."""

    name: str
    start: dt.date
    end: dt.date
    price_per_night: int | None
    min_nights: int | None
    max_nights: int | None


class Terms(TermsRow):
    """What a stay at the listing `_id` costs and must be."""

    _id: ObjectId
    seasons: list[Season]


class Line(TypedDict):
    """A part of a price, in minor units."""

    code: str
    label: str
    quantity: int
    unit_amount: int
    amount: int


class Night(NamedTuple):
    """`rule` is what set `rate`: base, weekend, or season:<its name>."""

    night: dt.date
    rate: int
    rule: str


class Price(NamedTuple):
    nights: list[Night]
    lines: list[Line]

    @property
    def total(self) -> int:
        return total_of(self.lines)


def total_of(lines: Iterable[Line]) -> int:
    return sum(line["amount"] for line in lines)


def stay_price(terms: Terms, *, check_in: dt.date, check_out: dt.date, guest_count: int) -> Price:
    nights = [night_priced(terms, night) for night in nights_of(check_in, check_out)]
    lines = _night_lines(nights)
    if discount := length_discount(terms, len(nights)):
        name, percent = discount
        off = percent_of(total_of(lines), percent)
        lines.append(_line("LENGTH_DISCOUNT", f"{name} discount, {percent} %", 1, -off))
    lines.append(_line("CLEANING_FEE", "Cleaning fee", 1, terms["cleaning_fee"]))
    fee = percent_of(total_of(lines), settings.SERVICE_FEE_PERCENT)
    taxed = guest_count * taxed_nights(terms, len(nights))
    tax = _line("OCCUPANCY_TAX", "Occupancy tax", taxed, terms["tax_per_person_night"])
    total = total_of(lines) + fee + tax["amount"]
    fee += payable(total, terms["currency"]) - total
    lines += [_line("SERVICE_FEE", "Service fee", 1, fee), tax]
    return Price(nights, [line for line in lines if line["amount"]])


def season_of(terms: Terms, night: dt.date) -> Season | None:
    return next((one for one in terms["seasons"] if one["start"] <= night < one["end"]), None)


def length_discount(terms: Terms, nights: int) -> tuple[str, int] | None:
    """Returns the name and the percentage of the discount that applies."""
    monthly, weekly = terms["monthly_discount_percent"], terms["weekly_discount_percent"]
    if nights >= MONTH_NIGHTS and monthly:
        return "Monthly", monthly
    if nights >= WEEK_NIGHTS and weekly:
        return "Weekly", weekly
    return None


def taxed_nights(terms: Terms, nights: int) -> int:
    cap = terms["tax_nights_cap"]
    return nights if cap is None else min(nights, cap)


def night_priced(terms: Terms, night: dt.date) -> Night:
    season = season_of(terms, night)
    if season and season["price_per_night"] is not None:
        return Night(night, season["price_per_night"], f"season:{season['name']}")
    if night.weekday() in WEEKEND and terms["weekend_price"] is not None:
        return Night(night, terms["weekend_price"], "weekend")
    return Night(night, terms["price_per_night"], "base")


def _night_lines(nights: Sequence[Night]) -> list[Line]:
    counts = Counter((one.rule, one.rate) for one in nights)
    return [_line("NIGHTS", _label(rule), count, rate) for (rule, rate), count in counts.items()]


def _label(rule: str) -> str:
    plain = {"base": "Nights", "weekend": "Weekend nights"}
    return plain.get(rule) or rule.removeprefix("season:")


def _line(code: str, label: str, quantity: int, unit_amount: int) -> Line:
    return {
        "code": code,
        "label": label,
        "quantity": quantity,
        "unit_amount": unit_amount,
        "amount": quantity * unit_amount,
    }


def rules_applied(terms: Terms, price: Price) -> list[str]:
    """Explains in sentences how the price came about, in the order of the rules."""
    nights = [_night_rule(rule) for rule in dict.fromkeys(one.rule for one in price.nights)]
    lines = (_line_rule(terms, line, len(price.nights)) for line in price.lines)
    return [*nights, *(sentence for sentence in lines if sentence)]


def _line_rule(terms: Terms, line: Line, nights: int) -> str:
    cap = terms["tax_nights_cap"]
    capped = "" if cap is None else f", for at most {cap} nights"
    fee = settings.SERVICE_FEE_PERCENT
    step, currency = smallest(terms["currency"]), terms["currency"]
    rounded = f", rounded up so that the total is payable in steps of {to_wire(step, currency):g}"
    return {
        "LENGTH_DISCOUNT": f"{line['label']} off the nights, for a stay of {nights} nights.",
        "CLEANING_FEE": "The cleaning fee is charged once per stay.",
        "SERVICE_FEE": f"The service fee is {fee} % of the amounts above it"
        f"{rounded if step > 1 else ''}.",
        "OCCUPANCY_TAX": f"The tax is charged per guest and night{capped}.",
    }.get(line["code"], "")


def _night_rule(rule: str) -> str:
    plain = {
        "base": "Nights cost the base price.",
        "weekend": "The nights of Friday and Saturday cost the weekend price.",
    }
    return plain.get(rule) or f"Nights in {rule.removeprefix('season:')} cost the season's price."
