"""The prices and lengths of stay of a calendar -> a weekend price and seasons, as few as say the
same. A listing has at most `MAX_SEASONS`: of more, the first."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from apps.properties.imports.calendar import Night
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


def rates_of(nights: Sequence[Night], *, year: Year, shift: int) -> Rates:
    """Says what each night costs, or each free one where that takes too many seasons."""
    weekend = _weekend_price(nights, year)
    price, runs = _fewest(nights, year, weekend)
    if len(runs) > MAX_SEASONS:
        free = [night for night in nights if not night.is_taken]
        price, runs = _fewest(free, year, weekend)
    seasons = [_season(run, shift) for run in runs[:MAX_SEASONS]]
    return Rates(price, seasons, len(runs) - len(seasons))


def _fewest(
    nights: Sequence[Night], year: Year, weekend: int | None
) -> tuple[int | None, list[_Run]]:
    choices = [(price, list(_runs(nights, year, price))) for price in (None, weekend)]
    return min(choices, key=lambda choice: len(choice[1]))


def _weekend_price(nights: Sequence[Night], year: Year) -> int | None:
    """That of most weekend nights."""
    counts = Counter(night.price for night in nights if night.price and _is_weekend(night.day))
    price = max(counts, key=lambda one: counts[one], default=None)
    return None if price == year.price else price


def _is_weekend(day: int) -> bool:
    return (day - 1) % 7 in WEEKEND


def _runs(nights: Sequence[Night], year: Year, weekend: int | None) -> Iterator[_Run]:
    run: _Run | None = None
    for night in nights:
        rules = _rules(night, year, weekend)
        if run and rules == run.rules:
            run = run._replace(last=night.day)
            continue
        if run and run.rules != NO_RULES:
            yield run
        run = _Run(night.day, night.day, rules)
    if run and run.rules != NO_RULES:
        yield run


def _rules(night: Night, year: Year, weekend: int | None) -> Rules:
    """What differs from the rest of the year."""
    usual = weekend if weekend and _is_weekend(night.day) else year.price
    least, most = _lengths(night, year)
    return (
        None if night.price in {None, usual} else night.price,
        None if least == year.min_nights else least,
        None if most == year.max_nights else most,
    )


def _lengths(night: Night, year: Year) -> tuple[int, int]:
    least = min(night.least or year.min_nights, MAX_SMALL)
    most = min(night.most or year.max_nights, year.max_nights)
    return least, max(least, most)


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
