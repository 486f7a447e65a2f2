import datetime as dt
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median

from apps.properties.imports import prices, values
from apps.properties.imports.dump import Table
from apps.properties.imports.errors import DumpError, RowError
from apps.properties.imports.ids import are_rounded, id_of
from apps.properties.imports.prices import Style
from apps.properties.imports.terms import MONEY
from apps.properties.imports.values import Row

# Dumps are of cities, islands and countries: what is farther from the middle is not there.
REACH_KM = 1000
FEWEST_POINTS = 3


@dataclass
class Scan:
    """The first look at the listings: which, where, of when, and how money is written.
    `unreadable` rows may be of any listing."""

    rows: int = 0
    ids: set[str] = field(default_factory=set)
    unreadable: int = 0
    scraped_on: set[dt.date] = field(default_factory=set)
    points: list[tuple[float, float]] = field(default_factory=list)
    written: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in MONEY})
    are_ids_rounded: bool = False

    def middle(self) -> tuple[float, float] | None:
        """(latitude, longitude)"""
        if not self.points:
            return None
        latitudes, longitudes = zip(*self.points, strict=True)
        around = _direction(longitudes)
        turned = median((degrees - around + 180) % 360 - 180 for degrees in longitudes)
        return median(latitudes), (around + turned + 180) % 360 - 180

    def styles(self) -> Mapping[str, Style | None]:
        return {name: prices.style_of(written) for name, written in self.written.items()}

    def look(self, row: Row) -> None:
        try:
            self.ids.add(id_of(row["id"], "id"))
        except RowError:
            self.unreadable += 1
        for name, written in self.written.items():
            written.add(row.get(name) or "")
        with suppress(RowError):
            self.scraped_on.add(values.date(row, "last_scraped"))
        try:
            point = values.coordinate(row, "latitude", 90), values.coordinate(row, "longitude", 180)
        except RowError:
            return
        self.points.append(point)

    def dumped_on(self, today: dt.date) -> dt.date | None:
        """Returns the latest day on which a row was read: one that lies ahead is wrong."""
        tomorrow = today + dt.timedelta(days=1)
        return max((day for day in self.scraped_on if day <= tomorrow), default=None)


def _direction(longitudes: tuple[float, ...]) -> float:
    """The mean on the circle, so that a city on the date line has its middle there."""
    east = sum(math.sin(math.radians(degrees)) for degrees in longitudes)
    north = sum(math.cos(math.radians(degrees)) for degrees in longitudes)
    return math.degrees(math.atan2(east, north))


def listings_scan(table: Table) -> Scan:
    """Raises `DumpError` where there is no row."""
    scan = Scan()
    names = table.format.names
    for _, cells, problem in table.readings():
        scan.rows += 1
        if problem:
            scan.unreadable += 1
            continue
        scan.look(dict(zip(names, cells, strict=True)))
    if not scan.rows:
        raise DumpError(f"{table.path} holds no listing, only the names of columns.")
    scan.are_ids_rounded = are_rounded(scan.ids)
    return scan
