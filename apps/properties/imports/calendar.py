"""calendar.csv -> the nights of each listing, small enough to hold in memory: eight bytes a night,
where a dictionary a row would take gigabytes."""

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from apps.properties.imports import prices, values
from apps.properties.imports.dump import Table
from apps.properties.imports.errors import DumpError, RowError
from apps.properties.imports.ids import id_of
from apps.properties.imports.prices import Style
from apps.properties.imports.report import Report

WEEK = 7
TERMS = ("price", "minimum_nights", "maximum_nights")
_FREE = values.TRUE | values.FALSE


class Said(NamedTuple):
    """What a row says beside whether its night is free. None is what it does not say."""

    price: int | None = None
    least: int | None = None
    most: int | None = None


class Night(NamedTuple):
    """Days are proleptic ordinals."""

    day: int
    is_taken: bool
    said: Said


@dataclass
class Nights:
    """Of one listing. `line` is its first row in the file. A code is twice the number of what
    else the row says, and one more where the night is taken."""

    line: int
    rows: int = 0
    rejected: int = 0
    days: "array[int]" = field(default_factory=lambda: array("I"))
    codes: "array[int]" = field(default_factory=lambda: array("I"))

    @property
    def taken(self) -> set[int]:
        return {day for day, code in zip(self.days, self.codes, strict=True) if code & 1}


@dataclass
class Calendar:
    listings: dict[str, Nights] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)

    @cached_property
    def taken(self) -> int:
        return sum(len(nights.taken) for nights in self.listings.values())

    @cached_property
    def first_day(self) -> int | None:
        """That of most listings: one wrong date moves no calendar."""
        firsts = Counter(min(nights.days) for nights in self.listings.values() if nights.days)
        return min(firsts, key=lambda day: (-firsts[day], day), default=None)

    def nights(self, listing_id: str) -> list[Night]:
        """In order; a night of two rows is taken if one says so, and else as the first says."""
        nights = self.listings.get(listing_id)
        if nights is None:
            return []
        found: dict[int, int] = {}
        for day, code in zip(nights.days, nights.codes, strict=True):
            before = found.get(day)
            if before is None or (code & 1 and not before & 1):
                found[day] = code
        said = self.said
        return [Night(day, bool(code & 1), said[code >> 1]) for day, code in sorted(found.items())]

    def shift_to(self, today: dt.date) -> int:
        """Days to add so that the first day is at most six days ago: whole weeks, so that
        weekends stay weekends."""
        if self.first_day is None:
            return 0
        return max(0, (today.toordinal() - self.first_day) // WEEK * WEEK)


def calendar_read(table: Table, report: Report, *, currency: str = "") -> Calendar:
    """Raises `DumpError` where no row can be used: every night would be free."""
    names = table.format.names
    listing_at, date_at, free_at = (names.index(name) for name in table.required)
    terms = [name for name in TERMS if name in names]
    # Two more, so that it is a tuple also of a calendar that says nothing else.
    said_in = itemgetter(free_at, free_at, *map(names.index, terms))
    calendar, days, ids = Calendar(), _Days(), _Ids()
    codes: dict[tuple[str, ...], int] = {}
    for line, cells in table.rows(report):
        listing_id, problem = ids[cells[listing_at]]
        if problem:
            table.reject(report, line, problem)
            continue
        nights = calendar.listings.get(listing_id)
        if nights is None:
            nights = calendar.listings[listing_id] = Nights(line)
        nights.rows += 1
        (day, problem), free = days[cells[date_at]], cells[free_at].strip().lower()
        if problem or free not in _FREE:
            table.reject(report, line, problem or _reason(cells[free_at]))
            nights.rejected += 1
            continue
        code = codes.setdefault(said_in(cells), len(codes))
        nights.days.append(day)
        nights.codes.append(2 * code + (free in values.FALSE))
    if not codes:
        raise DumpError(f"{table.path} has no night that can be used. {report.first('nights')}")
    calendar.said = _said(codes, terms, currency, report)
    return calendar


def _reason(free: str) -> str:
    return f"available is {free[:40]!r}, neither t nor f"


class _Days(dict[str, tuple[int, str]]):
    """Date as text -> ordinal, or why there is none. A dump has a year of them, a million
    times."""

    def __missing__(self, written: str) -> tuple[int, str]:
        try:
            day = values.date_of("date", written.strip()).toordinal()
        except RowError as error:
            return 0, str(error)
        self[written] = day, ""
        return self[written]


class _Ids(dict[str, tuple[str, str]]):
    """Id as text -> id, or why there is none."""

    def __missing__(self, written: str) -> tuple[str, str]:
        try:
            found = id_of(written, "listing_id"), ""
        except RowError as error:
            found = "", str(error)
        self[written] = found
        return found


def _said(
    codes: dict[tuple[str, ...], int], names: list[str], currency: str, report: Report
) -> list[Said]:
    rows = [dict(zip(names, said[2:], strict=True)) for said in codes]
    style = prices.style_of(row.get("price", "") for row in rows)
    return [Said(*_terms(row, currency, style, report)) for row in rows]


def _terms(
    row: dict[str, str], currency: str, style: Style | None, report: Report
) -> Iterator[int | None]:
    """What cannot be read is noted, once for each way of writing it: the night itself counts."""
    readers: dict[str, Callable[[], int | None]] = {
        "price": lambda: _price(row.get("price", ""), currency, style),
        "minimum_nights": lambda: values.whole(row, "minimum_nights"),
        "maximum_nights": lambda: values.whole(row, "maximum_nights"),
    }
    for read in readers.values():
        try:
            yield read()
        except RowError as error:
            report.note(f"of the calendar, {error}")
            yield None


def _price(written: str, currency: str, style: Style | None) -> int | None:
    if not written.strip():
        return None
    return prices.price(written, currency=currency, style=style)
