"""Which city a dump is of: the dumps name neither their currency nor their time zone."""

import csv
import math
import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

from apps.common.geo import EARTH_RADIUS_KM
from apps.properties.imports.errors import DumpError

REACH_KM = 60
TABLE = Path(__file__).with_name("places.csv")


@dataclass(frozen=True, kw_only=True)
class Place:
    city: str
    state: str = ""
    country: str
    currency: str
    time_zone: str

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.city.casefold()).strip("-")


@cache
def places_known() -> dict[Place, tuple[float, float]]:
    """The cities of the table with their (latitude, longitude)."""
    names = [field.name for field in fields(Place)]
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            Place(**{name: row[name] for name in names}): (
                float(row["latitude"]),
                float(row["longitude"]),
            )
            for row in csv.DictReader(file)
        }


def place_of(middle: tuple[float, float] | None, overrides: Mapping[str, str]) -> Place:
    """What the options say, then the nearest known city; raises `DumpError`."""
    base = _named(overrides["city"]) if "city" in overrides else middle and _nearest(middle)
    if base:
        return _checked(replace(base, **overrides))
    needed = ("city", "country", "currency", "time_zone")
    missing = [name for name in needed if name not in overrides]
    if missing:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
        raise DumpError(f"The dump is not of a city in {TABLE.name}: name it with {options}.")
    return _checked(Place(**overrides))


def _named(city: str) -> Place | None:
    wanted = city.casefold()
    return next((place for place in places_known() if place.city.casefold() == wanted), None)


def _nearest(middle: tuple[float, float]) -> Place | None:
    km, place = min(
        ((_distance_km(middle, point), place) for place, point in places_known().items()),
        key=lambda pair: pair[0],
    )
    return place if km <= REACH_KM else None


def _distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Good to a percent or so within a few hundred kilometres."""
    north = math.radians(b[0] - a[0])
    east = math.radians((b[1] - a[1] + 180) % 360 - 180) * math.cos(math.radians(a[0]))
    return EARTH_RADIUS_KM * math.hypot(north, east)


def _checked(place: Place) -> Place:
    if not re.fullmatch(r"[A-Z]{3}", place.currency):
        raise DumpError(
            f"{place.currency!r} is not a currency: use three capital letters, such as USD."
        )
    if place.time_zone not in zoneinfo.available_timezones():
        raise DumpError(
            f"{place.time_zone!r} is not a time zone: use a name such as Asia/Singapore."
        )
    return place
