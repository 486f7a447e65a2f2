"""What shares.toml says, ready to be drawn from."""

import itertools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from apps.properties.imports.places import Place, places_known

TABLE = Path(__file__).with_name("shares.toml")
AREAS_A_CITY = 12
# Degrees: how far areas lie from the middle of their city, and listings from that of their area.
CITY_SPREAD, AREA_SPREAD = 0.045, 0.008


class Area(NamedTuple):
    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class City:
    place: Place
    areas: tuple[Area, ...]
    level: float


@dataclass(frozen=True)
class Choice:
    """Values with their cumulative weights."""

    values: tuple[Any, ...]
    weights: tuple[float, ...]

    def draw(self, pick: Random) -> Any:
        return pick.choices(self.values, cum_weights=self.weights)[0]


@cache
def shares() -> Mapping[str, Any]:
    with TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def choice(name: str) -> Choice:
    values, weights = zip(*shares()[name], strict=True)
    return Choice(tuple(values), tuple(itertools.accumulate(weights)))


@cache
def cities() -> Choice:
    """The known cities, the largest first."""
    points = places_known()
    by_name = {place.city: place for place in points}
    largest = [by_name[name] for name in shares()["largest"]]
    ranked = [*largest, *(place for place in points if place not in largest)]
    weights = itertools.accumulate(
        1 / rank ** shares()["skew"] for rank in range(1, len(ranked) + 1)
    )
    return Choice(tuple(_city(place, points[place]) for place in ranked), tuple(weights))


def _city(place: Place, middle: tuple[float, float]) -> City:
    pick = Random(f"areas of {place.slug}")  # noqa: S311 no secret
    names = pick.sample(shares()["areas"], AREAS_A_CITY)
    areas = (
        Area(name, pick.gauss(middle[1], CITY_SPREAD), pick.gauss(middle[0], CITY_SPREAD))
        for name in names
    )
    return City(place, tuple(areas), shares()["levels"][place.currency])
