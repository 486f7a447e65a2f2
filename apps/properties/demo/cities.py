"""The demo cities of cities.toml. Currency and time zone come from the import's table of places."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from apps.properties.imports.places import Place, places_known

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Area:
    name: str
    latitude: float
    longitude: float
    spread: float
    about: str


@dataclass(frozen=True)
class City:
    name: str
    price: int
    step: int
    scenes: tuple[str, ...]
    palette: str
    hooks: tuple[str, ...]
    areas: tuple[Area, ...]
    place: Place
    tax: int = 0


@cache
def words() -> Mapping[str, Any]:
    with (FOLDER / "words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def cities() -> tuple[City, ...]:
    places = {place.city: place for place in places_known()}
    with (FOLDER / "cities.toml").open("rb") as file:
        rows = tomllib.load(file)["cities"]
    return tuple(_city(row, places[row["name"]]) for row in rows)


def _city(row: Mapping[str, Any], place: Place) -> City:
    areas = tuple(Area(**area) for area in row["areas"])
    lists = {"scenes": tuple(row["scenes"]), "hooks": tuple(row["hooks"]), "areas": areas}
    return City(**{**row, **lists, "place": place})
