"""Computes an owner's figures from facts: pure arithmetic in minor units and local dates."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bson import ObjectId

from apps.bookings.enums import Status
from apps.owners.replies import FiguresReply
from apps.owners.rows import BookingFactRow

EARNING = frozenset({Status.CONFIRMED.value, Status.COMPLETED.value})
F = TypeVar("F", bound=FiguresReply)


@dataclass
class Tally:
    revenue: int = 0
    sold: int = 0
    available: int = 0
    bookings: Counter[str] = field(default_factory=Counter)

    def include(self, other: "Tally") -> None:
        self.revenue += other.revenue
        self.sold += other.sold
        self.available += other.available
        self.bookings.update(other.bookings)

    def reply(self, kind: type[F], *, currency: str, **named: Any) -> F:
        """Returns the figures as a reply of this kind; `named` is what they are of."""
        return kind.of(
            revenue=self.revenue,
            sold=self.sold,
            available=self.available,
            bookings=self.bookings,
            currency=currency,
            **named,
        )


Table = Mapping[tuple[ObjectId, dt.date], Tally]


def total_of(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.include(tally)
    return total


def month_after(month: dt.date, count: int = 1) -> dt.date:
    """Returns the first day of the month that is `count` months later, or earlier."""
    year, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return dt.date(year, index + 1, 1)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Returns the first days of the months from `first` to `last`, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [month_after(first, place) for place in range(count)]


def share(total: int, nights: int, *, start: int, end: int) -> int:
    """Returns what the nights [start, end) of a stay have of its total: each the same in whole
    minor units, and the remainder one unit each on the first nights, so that all sum up."""
    each, rest = divmod(total, nights)
    return each * (end - start) + max(0, min(end, rest) - start)


def tallies(
    facts: Iterable[BookingFactRow],
    listings: Sequence[Mapping[str, Any]],
    months: Sequence[dt.date],
) -> Table:
    """Counts by listing and month; facts of other listings are left out."""
    table = {(row["_id"], month): Tally() for row in listings for month in months}
    for fact in facts:
        for month in months:
            tally = table.get((fact["listing_id"], month))
            if tally is not None:
                _count(tally, fact, month)
    for row in listings:
        for month in months:
            tally = table[row["_id"], month]
            tally.available = max(_nights_offered(row, month), tally.sold)
    return table


def _count(tally: Tally, fact: BookingFactRow, month: dt.date) -> None:
    check_in, check_out = fact["check_in"].date(), fact["check_out"].date()
    following = month_after(month)
    if month <= check_in < following:
        tally.bookings[fact["status"]] += 1
    if fact["status"] not in EARNING:
        return
    start = (max(check_in, month) - check_in).days
    end = (min(check_out, following) - check_in).days
    if start < end:
        tally.sold += end - start
        nights = (check_out - check_in).days
        tally.revenue += share(fact["total"], nights, start=start, end=end)


def _nights_offered(listing: Mapping[str, Any], month: dt.date) -> int:
    """Returns all nights of the month; of a deleted listing those before it was deleted."""
    days = calendar.monthrange(month.year, month.month)[1]
    if listing["deleted_at"] is None:
        return days
    return min(max((listing["deleted_at"].date() - month).days, 0), days)
