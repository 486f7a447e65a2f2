import datetime as dt
from dataclasses import dataclass

from apps.accounts.enums import Pace


@dataclass(frozen=True, kw_only=True)
class TripRequest:
    """What a traveler asks for; `budget` is minor units of
    `currency`, without one hundredths; [start_date, end_date) the nights."""

    destination: str
    start_date: dt.date
    end_date: dt.date
    guests: int
    budget: int | None = None
    currency: str | None = None
    interests: tuple[str, ...] | None = None
    pace: Pace | None = None
