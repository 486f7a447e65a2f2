"""What a stay costs, as an expression that the database evaluates: `apps.properties.pricing`
says the same of one listing. All amounts are whole minor units, far below 2 ** 53."""

import datetime as dt
from typing import Any

from django.conf import settings

from apps.common.ecb import BASE
from apps.common.exchange import Rates
from apps.common.money import digits, steps
from apps.properties.pricing import MONTH_NIGHTS, WEEK_NIGHTS
from apps.properties.search.criteria import Stay

EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 as dates are stored
DAY_MS = 86_400_000
# Amounts that no rate compares stand behind all others.
BEYOND = 1e15
Expression = Any


def total_of(stay: Stay) -> Expression:
    """Makes the expression of the whole price, in the order of the rules of `pricing`."""
    nights: dict[str, Expression] = {"nights": _nights(stay)}
    lodging = {"$subtract": ["$$nights", _percent("$$nights", _discount(stay.nights))]}
    fee = _percent("$$before", settings.SERVICE_FEE_PERCENT)
    priced = {
        "$let": {
            "vars": {"before": {"$add": [lodging, "$cleaning_fee"]}},
            "in": _payable({"$add": ["$$before", fee, _tax(stay)]}),
        }
    }
    return {"$let": {"vars": nights, "in": priced}}


def _payable(amount: Expression) -> Expression:
    """As `money.payable`."""
    of_step: dict[int, list[str]] = {}
    for code, step in steps().items():
        of_step.setdefault(step, []).append(code)
    branches = [
        {
            "case": {"$in": ["$card.currency", sorted(codes)]},
            "then": {"$multiply": [{"$ceil": {"$divide": ["$$total", step]}}, step]},
        }
        for step, codes in of_step.items()
    ]
    rounded = {"$switch": {"branches": branches, "default": "$$total"}}
    return {"$let": {"vars": {"total": amount}, "in": rounded}}


def _percent(amount: Expression, percent: Expression) -> Expression:
    """Rounds half up, as `money.percent_of`."""
    share = {"$add": [{"$multiply": [amount, percent]}, 50]}
    return {"$floor": {"$divide": [share, 100]}}


def _discount(nights: int) -> Expression:
    weekly = "$weekly_discount_percent"
    if nights >= MONTH_NIGHTS:
        monthly = "$monthly_discount_percent"
        return {"$cond": [{"$gt": [monthly, 0]}, monthly, weekly]}
    return weekly if nights >= WEEK_NIGHTS else 0


def _tax(stay: Stay) -> Expression:
    nights = {"$min": [stay.nights, {"$ifNull": ["$tax_nights_cap", stay.nights]}]}
    return {"$multiply": [stay.guest_count, nights, "$tax_per_person_night"]}


def _nights(stay: Stay) -> Expression:
    """Adds the nights at the year's prices, then for each season what its nights cost more."""
    first, end = ordinal(stay.check_in), ordinal(stay.check_out)
    weekend = weekends_before(end) - weekends_before(first)
    usual = {
        "$add": [
            {"$multiply": [stay.nights - weekend, "$card.price_per_night"]},
            {"$multiply": [weekend, _weekend_price()]},
        ]
    }
    seasons = {
        "$sum": {"$map": {"input": "$seasons", "as": "season", "in": _season(first, end)}},
    }
    return {"$add": [usual, {"$cond": [{"$eq": ["$seasons", []]}, 0, seasons]}]}


def _weekend_price() -> Expression:
    return {"$ifNull": ["$weekend_price", "$card.price_per_night"]}


def _season(first: int, end: int) -> Expression:
    """A night belongs to one season at most."""
    begins, ends = {"$max": [first, _day("$$season.start")]}, {"$min": [end, _day("$$season.end")]}
    price = "$$season.price_per_night"
    has_nights = {"$and": [{"$lt": ["$$a", "$$b"]}, {"$ne": [price, None]}]}
    count = {"$subtract": ["$$b", "$$a"]}
    weekend = {"$subtract": [_weekends("$$b"), _weekends("$$a")]}
    more = {
        "$subtract": [
            {"$multiply": [count, {"$subtract": [price, "$card.price_per_night"]}]},
            {
                "$multiply": [
                    weekend,
                    {"$subtract": [_weekend_price(), "$card.price_per_night"]},
                ]
            },
        ]
    }
    in_season = {"$cond": [has_nights, more, 0]}
    return {"$let": {"vars": {"a": begins, "b": ends}, "in": in_season}}


def ordinal(day: dt.date) -> int:
    """Counts the days since 1970."""
    return day.toordinal() - EPOCH.toordinal()


def _day(stored: Expression) -> Expression:
    return {"$divide": [{"$subtract": [stored, EPOCH]}, DAY_MS]}


def weekends_before(day: int) -> int:
    """Counts the nights of Friday and Saturday before a day; day 1 was a Friday."""
    weeks, rest = divmod(day - 1, 7)
    return 2 * weeks + min(2, rest)


def _weekends(day: Expression) -> Expression:
    since = {"$subtract": [day, 1]}
    weeks = {"$floor": {"$divide": [since, 7]}}
    return {"$add": [{"$multiply": [2, weeks]}, {"$min": [2, {"$mod": [since, 7]}]}]}


def per_hundredth(currency: str) -> float:
    """How many minor units of the currency a hundredth of it has: all are compared in those."""
    return float(10.0 ** (digits(currency) - digits(BASE)))


def compared(amount: Expression, rates: Rates) -> Expression:
    """Makes the expression of an amount in a currency by which all are compared. Those that no
    rate compares stand last."""
    codes = list(rates.per_euro)
    per_unit = [float(1 / rates.per_euro[code]) / per_hundredth(code) for code in codes]
    # Where a code is not among them its place is -1: the last.
    place = {"$indexOfArray": [codes, "$card.currency"]}
    factor = {"$arrayElemAt": [[*per_unit, None], place]}
    return {"$ifNull": [{"$multiply": [amount, factor]}, {"$add": [BEYOND, amount]}]}
