"""The prices and lengths of stay of a calendar -> a weekend price and seasons, as few as say the
same. A listing has at most `MAX_SEASONS`: of more, the first."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from apps.properties.imports.calendar import Night, Said
from apps.properties.imports.values import MAX_SMALL
from apps.properties.nights import midnight
from apps.properties.pricing import WEEKEND
from apps.properties.rows import SeasonRow

MAX_SEASONS = 20
Rules = tuple[int | None, int | None, int | None]
NO_RULES: Rules = (None, None, None)


class Year(NamedTuple):
    """What holds outside of seasons."""

    price: int
    min_nights: int
    max_nights: int


class Rates(NamedTuple):
    """`left` is the number of seasons that found no place."""

    weekend_price: int | None
    seasons: list[SeasonRow]
    left: int


class _Run(NamedTuple):
    first: int
    last: int
    rules: Rules


def median_price(nights: Sequence[Night]) -> int | None:
    """Of the nights that name a price."""
    amounts = [night.said.price for night in nights if night.said.price]
    return round(median(amounts)) if amounts else None


def rates_of(nights: Sequence[Night], *, year: Year, shift: int) -> Rates:
    """Says what each night costs, or each free one where that takes too many seasons."""
    weekend = _weekend_price(nights, year)
    price, runs = _fewest(nights, year, weekend)
    if len(runs) > MAX_SEASONS:
        free = [night for night in nights if not night.is_taken]
        price, runs = _fewest(free, year, weekend)
    seasons = [_season(run, shift) for run in runs[:MAX_SEASONS]]
    return Rates(price, seasons, len(runs) - len(seasons))


def _weekend_price(nights: Sequence[Night], year: Year) -> int | None:
    """That of most weekend nights."""
    said = (night.said.price for night in nights if _is_weekend(night.day))
    counts = Counter(price for price in said if price)
    price = max(counts, key=lambda one: counts[one], default=None)
    return None if price == year.price else price


def _fewest(
    nights: Sequence[Night], year: Year, weekend: int | None
) -> tuple[int | None, list[_Run]]:
    choices = [(price, _runs(nights, year, price)) for price in dict.fromkeys((None, weekend))]
    return min(choices, key=lambda choice: len(choice[1]))


def _is_weekend(day: int) -> bool:
    return (day - 1) % 7 in WEEKEND


def _runs(nights: Sequence[Night], year: Year, weekend: int | None) -> list[_Run]:
    """Only those that differ from the rest of the year."""
    known: dict[tuple[Said, bool], Rules] = {}
    runs: list[_Run] = []
    first = last = 0
    rules = NO_RULES
    for day, _, said in nights:
        key = said, weekend is not None and _is_weekend(day)
        found = known.get(key)
        if found is None:
            found = known[key] = _rules(said, year, weekend if key[1] else year.price)
        if found != rules:
            runs.append(_Run(first, last, rules))
            first, rules = day, found
        last = day
    runs.append(_Run(first, last, rules))
    return [run for run in runs if run.rules != NO_RULES]


def _rules(said: Said, year: Year, usual: int | None) -> Rules:
    """What differs from the rest of the year."""
    least = min(said.least or year.min_nights, MAX_SMALL)
    most = max(least, min(said.most or year.max_nights, year.max_nights))
    return (
        None if said.price in {None, usual} else said.price,
        None if least == year.min_nights else least,
        None if most == year.max_nights else most,
    )


def _season(run: _Run, shift: int) -> SeasonRow:
    first, last = (dt.date.fromordinal(day + shift) for day in (run.first, run.last))
    price, least, most = run.rules
    return {
        "name": f"{first.day} {first:%b} to {last.day} {last:%b %Y}",
        "start": midnight(first),
        "end": midnight(last + dt.timedelta(days=1)),
        "price_per_night": price,
        "min_nights": least,
        "max_nights": most,
    }
