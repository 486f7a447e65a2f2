"""calendar.csv -> which nights of which listing are not free, small enough to hold in memory:
a number of four bytes a night, where a dictionary a row would take gigabytes."""

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from statistics import median

from apps.properties.imports import values
from apps.properties.imports.dump import Table
from apps.properties.imports.errors import RowError
from apps.properties.imports.report import Report

WEEK = 7


@dataclass
class Nights:
    """Of one listing. `line` is its first row in the file; days are proleptic ordinals."""

    line: int
    rows: int = 0
    taken: "array[int]" = field(default_factory=lambda: array("I"))
    prices: Counter[str] = field(default_factory=Counter)


@dataclass
class Calendar:
    first_day: int | None = None
    listings: dict[str, Nights] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        return sum(len(nights.taken) for nights in self.listings.values())

    def median_price(self, listing_id: str) -> int | None:
        """Minor units; of the rows that name one."""
        nights = self.listings.get(listing_id)
        amounts = sorted(_amounts(nights.prices)) if nights else []
        return round(median(amounts)) if amounts else None

    def shift_to(self, today: dt.date) -> int:
        """Days to add so that the first day is at most six days ago: whole weeks, so that
        weekends stay weekends."""
        if self.first_day is None:
            return 0
        return max(0, (today.toordinal() - self.first_day) // WEEK * WEEK)


def _amounts(prices: Counter[str]) -> Iterator[int]:
    for written, rows in prices.items():
        try:
            yield from [values.price(written)] * rows
        except RowError:
            continue


def calendar_read(table: Table, report: Report, *, priceless: Collection[str]) -> Calendar:
    """`priceless` are the listings whose prices are kept, for want of one of their own."""
    header = table.header()
    listing_at, date_at, free_at = (header.index(name) for name in table.required)
    price_at = header.index("price") if "price" in header else None
    calendar, days = Calendar(), _Days()
    for line, cells in table.rows(report):
        listing_id = cells[listing_at]
        nights = calendar.listings.get(listing_id)
        if nights is None:
            nights = calendar.listings[listing_id] = Nights(line)
        nights.rows += 1
        day, free = days[cells[date_at]], cells[free_at]
        if day is None or free not in {"t", "f"}:
            table.reject(report, line, _reason(cells[date_at], free, day))
            continue
        if calendar.first_day is None:
            calendar.first_day = day
        if free == "f":
            nights.taken.append(day)
        if price_at is not None and listing_id in priceless:
            nights.prices[cells[price_at]] += 1
    return calendar


class _Days(dict[str, "int | None"]):
    """Date as text -> ordinal, or None. A dump has a year of them, a million times."""

    def __missing__(self, written: str) -> int | None:
        try:
            day: int | None = dt.date.fromisoformat(written).toordinal()
        except ValueError:
            return None
        self[written] = day
        return day


def _reason(written: str, free: str, day: int | None) -> str:
    if day is None:
        return f"date is {written!r}, not a date as YYYY-MM-DD"
    return f"available is {free!r}, neither t nor f"
