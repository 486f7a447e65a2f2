"""Reads the gazetteer's file. SQLite keeps it on disk: the pages that are read are the system's
and are shared by all processes."""

import os
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from apps.common.geo import distance_km
from apps.properties.gazetteer.geometry import (
    KM_A_DEGREE,
    Box,
    box_around,
    cells_around,
    cells_in,
    city_radius_km,
    is_inside,
)
from apps.properties.gazetteer.typos import distance, most_typos, signs_of

FILE = Path(__file__).with_name("places.sqlite")
CITY, REGION, COUNTRY = "city", "region", "country"
KINDS = (CITY, REGION, COUNTRY)
KEPT, CELLS_KEPT = 4096, 2048
Row = tuple[Any, ...]
MOST_RESEMBLING = 60
# A wider part of the map than so many squares of a degree is looked at among the best known alone.
MOST_CELLS, WORLD_KNOWN = 64, 6_000
_COLUMNS = """p.id, p.name, p.kind, p.country, coalesce(c.name, ''), coalesce(d.name, ''),
    p.division, p.lng, p.lat, p.west, p.south, p.east, p.north, p.people,
    p.radius"""
_PLACES = """place p left join place c on c.id = p.country
    left join place d on d.id = p.division"""
_NAMED = _PLACES.replace("place p", "place p on p.no = n.no", 1)
_open = threading.local()


class Reach(NamedTuple):
    """Which points a city holds."""

    id: str
    lng: float
    lat: float
    radius_km: float
    is_part: bool


class GazetteerPlace(NamedTuple):
    """`division_id` and `country` are the ids of the places that it lies in, empty for none."""

    id: str
    name: str
    kind: str
    country: str
    country_name: str
    division: str
    division_id: str
    lng: float
    lat: float
    box: Box
    people: int
    radius_km: float

    @property
    def around(self) -> tuple[str, str]:
        return (self.division, self.country_name)

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a larger city."""
        return self.kind == CITY and self.radius_km < city_radius_km(self.people)

    @property
    def center(self) -> tuple[float, float]:
        return (self.lng, self.lat)

    def holds(self, lng: float, lat: float) -> bool:
        if self.kind == CITY:
            return distance_km(self.center, (lng, lat)) <= self.radius_km
        return is_inside(lng, lat, self.box)


def place_known(place_id: str) -> GazetteerPlace | None:
    found = _read(f"select {_COLUMNS} from {_PLACES} where p.id = ?", (place_id,))  # noqa: S608 no input
    return found[0] if found else None


@lru_cache(maxsize=KEPT)
def places_named(key: str) -> Sequence[GazetteerPlace]:
    """Those with this name (`name_key`) in any language, the best known first."""
    query = f"""select {_COLUMNS} from name n join {_NAMED}
        where n.key = ? order by n.score desc, p.id limit 100"""  # noqa: S608 no input
    return _read(query, (key,))


@lru_cache(maxsize=KEPT)
def places_beginning(key: str, *, most: int) -> Sequence[GazetteerPlace]:
    """Those with a name that begins so, the best known first."""
    common = _rows("select no from beginning where key = ? order by position limit ?", (key, most))
    numbers = [row[0] for row in common] or _scanned(key, most)
    return _numbered(numbers)


@lru_cache(maxsize=KEPT)
def places_resembling(key: str, *, most: int) -> Sequence[GazetteerPlace]:
    """Well-known places whose name is one or two typing errors away, the nearest first."""
    signs = signs_of(key)
    query = f"""select t.key, t.place, t.score from
        (select typo, sum(case when substr(gram, 1, 1) = '-' then 9 else 1 end) as shared from gram
            where gram in ({_marks(signs)}) group by typo having shared >= ?
            order by shared desc limit {MOST_RESEMBLING})
        join typo t on t.no = typo"""  # noqa: S608 marks and a number
    least = max(2, len(key) - 3 * most_typos(key))
    found = [
        (errors, -score, place)
        for name, place, score in _rows(query, (*signs, min(least, 9)))
        if (errors := distance(key, name)) <= most_typos(key)
    ]
    numbers = dict.fromkeys(place for _, _, place in sorted(found))
    return _numbered(list(numbers)[:most])


def ids_around(lng: float, lat: float, *, parts: bool) -> list[str]:
    """The ids of the cities that the point is in, the nearest first, and of regions that are no
    division; with `parts` only of parts of cities."""
    near = (city for cell in cells_around(lng, lat) for city in _cities_in(cell))
    away = [
        (km, city.id)
        for city in near
        if (city.is_part or not parts)
        and abs(city.lat - lat) * KM_A_DEGREE <= city.radius_km
        and (km := distance_km((lng, lat), (city.lng, city.lat))) <= city.radius_km
    ]
    return [city for _, city in sorted(away)] + [
        region.id for region in _regions() if region.holds(lng, lat)
    ]


@lru_cache(maxsize=CELLS_KEPT)
def _cities_in(cell: int) -> Sequence[Reach]:
    rows = _rows("select id, lng, lat, radius, people from place where cell = ?", (cell,))
    return [
        Reach(place_id, lng, lat, radius, radius < city_radius_km(people))
        for place_id, lng, lat, radius, people in rows
    ]


def places_in(box: Box, *, most: int) -> Sequence[GazetteerPlace]:
    """The best known cities in a part of the map: they stand in that order in the file. Of a wide
    part only those that the world knows are looked at."""
    west, south, east, north = box
    across = "p.lng between ? and ?" if west <= east else "(p.lng >= ? or p.lng <= ?)"
    cells = cells_in(box, most=MOST_CELLS)
    among = f"p.cell in ({_marks(cells)})" if cells else f"p.no < {WORLD_KNOWN}"
    query = f"""select {_COLUMNS} from {_PLACES} where {among} and p.kind = 0
        and p.lat between ? and ? and {across} order by p.no limit ?"""  # noqa: S608 marks and a number
    return _read(query, (*cells, south, north, west, east, most))


@lru_cache(maxsize=1)
def _regions() -> Sequence[GazetteerPlace]:
    """Regions that are no division: a listing is in them by its point alone."""
    return _read(f"select {_COLUMNS} from {_PLACES} where p.kind = 1 and p.division = p.id", ())  # noqa: S608


def _scanned(key: str, most: int) -> list[int]:
    query = """select no from name where key >= ? and key < ? group by no
        order by max(score) desc, no limit ?"""
    return [row[0] for row in _rows(query, (key, key + "\U0010ffff", most))]


def _numbered(numbers: Sequence[int]) -> Sequence[GazetteerPlace]:
    query = f"select {_COLUMNS}, p.no from {_PLACES} where p.no in ({_marks(numbers)})"  # noqa: S608 marks
    found = {row[-1]: _place(row) for row in _rows(query, numbers)}
    return [found[no] for no in numbers]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _read(query: str, values: Iterable[str | float]) -> Sequence[GazetteerPlace]:
    return [_place(row) for row in _rows(query, values)]


def _place(row: Row) -> GazetteerPlace:
    """Of a city the middle and its reach are stored."""
    lng, lat, people, radius = row[7], row[8], row[13], row[14] or 0.0
    box = row[9:13] if row[9] is not None else box_around(lng, lat, radius)
    names = {"id": row[0], "name": row[1], "kind": KINDS[row[2]], "country": row[3]}
    inside = {"country_name": row[4], "division": row[5], "division_id": row[6]}
    return GazetteerPlace(
        **names, **inside, lng=lng, lat=lat, box=box, people=people, radius_km=radius
    )


def _rows(query: str, values: Iterable[str | float]) -> list[Row]:
    return _connection().execute(query, tuple(values)).fetchall()


def _connection() -> sqlite3.Connection:
    """One for each thread, and none from before a fork."""
    if getattr(_open, "process", None) != os.getpid():
        _open.connection = sqlite3.connect(f"file:{FILE}?mode=ro&immutable=1", uri=True)
        _open.process = os.getpid()
    return _open.connection
