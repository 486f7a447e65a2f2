"""Stays of a search that leaves its dates open, the one that is meant most first."""

import datetime as dt
from collections.abc import Iterator, Sequence

from apps.properties.enums import Flexible

FRIDAY, SATURDAY = 4, 5
WEEKEND_NIGHTS, WEEK_NIGHTS = 2, 7
MOST_MONTHS = 3
Dates = tuple[dt.date, dt.date]


def stays_around(check_in: dt.date, check_out: dt.date, *, days: int) -> tuple[Dates, ...]:
    """Returns the stay, then those of the same length up to `days` earlier or later."""
    shifts = [shift for away in range(days + 1) for shift in dict.fromkeys((-away, away))]
    moved = [dt.timedelta(days=shift) for shift in shifts]
    return tuple((check_in + shift, check_out + shift) for shift in moved)


def stays_in(kind: Flexible, months: Sequence[dt.date]) -> tuple[Dates, ...]:
    """Returns the stays that begin in one of the months, which their first days name: from Friday
    to Sunday, from a Saturday to the next, or from the first of a month to that of the next."""
    return tuple(stay for month in sorted(set(months)) for stay in _in_month(kind, month))


def _in_month(kind: Flexible, first: dt.date) -> Iterator[Dates]:
    end = month_after(first)
    if kind is Flexible.MONTH:
        yield first, end
        return
    begins, count = (
        (FRIDAY, WEEKEND_NIGHTS) if kind is Flexible.WEEKEND else (SATURDAY, WEEK_NIGHTS)
    )
    nights = dt.timedelta(days=count)
    for number in range((end - first).days):
        day = first + dt.timedelta(days=number)
        if day.weekday() == begins:
            yield day, day + nights


def months_ahead(today: dt.date) -> tuple[dt.date, ...]:
    """Returns this month and those after it, by their first days."""
    months = [today.replace(day=1)]
    while len(months) < MOST_MONTHS:
        months.append(month_after(months[-1]))
    return tuple(months)


def month_after(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)
