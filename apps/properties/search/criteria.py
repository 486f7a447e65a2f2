"""What a search can ask for. Prices are in minor units."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from apps.common.geo import LngLat
from apps.properties.enums import SearchOrder

Bbox = tuple[float, float, float, float]


class Stay(NamedTuple):
    """The nights [check_in, check_out) for guests that count."""

    check_in: dt.date
    check_out: dt.date
    guest_count: int

    @property
    def nights(self) -> int:
        return (self.check_out - self.check_in).days


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """`bbox` is (west, south, east, north), `point` (lng, lat), `polygon` corners like it.

    `location` is a name, or several with commas between them; `place` the id of a place of the
    gazetteer; `words` what a listing's texts must have. `amenities` are names as people write
    them, `features` ids of the vocabulary.

    Bounds of prices are minor units of `currency`; without one hundredths, whatever the listing's
    own is. `stays` are the stays of which one must be possible, the one that is meant most first;
    `check_in` and `check_out` are short for a single one.
    """

    point: LngLat | None = None
    radius_m: float = 20_000
    bbox: Bbox | None = None
    polygon: tuple[LngLat, ...] | None = None
    location: str | None = None
    place: str | None = None
    words: str | None = None
    min_price: int | None = None
    max_price: int | None = None
    min_total: int | None = None
    max_total: int | None = None
    currency: str | None = None
    property_type: str | None = None
    guests: int | None = None
    bedrooms: int | None = None
    beds: int | None = None
    bathrooms: float | None = None
    min_rating: float | None = None
    instant_book: bool = False
    free_cancellation: bool = False
    amenities: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    check_in: dt.date | None = None
    check_out: dt.date | None = None
    stays: tuple[tuple[dt.date, dt.date], ...] = ()
    order: SearchOrder | None = None

    @property
    def is_dated(self) -> bool:
        return bool(self.stays or (self.check_in and self.check_out))

    @property
    def asks_total(self) -> bool:
        return self.min_total is not None or self.max_total is not None

    def options(self) -> Iterator[Stay]:
        """Yields the stays of which one must be possible."""
        guests = self.guests or 1
        if self.check_in and self.check_out and not self.stays:
            yield Stay(self.check_in, self.check_out, guests)
        for check_in, check_out in self.stays:
            yield Stay(check_in, check_out, guests)
