"""The requests: places where people look, drawn as the listings are, and dates a month ahead."""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import NamedTuple
from urllib.parse import urlencode

from apps.properties.load.listings import Load, listing_id
from apps.properties.load.shares import Area, City, cities

SEED, LOAD_SEED = 20260101, 1
CALLS = 60
MAP_DEGREES = 0.04
PATH = "/api/properties/search"
Parameters = dict[str, str]


class Case(NamedTuple):
    name: str
    paths: list[str]


def cases(today: dt.date, listings: int) -> list[Case]:
    dated = stay(today)
    return [
        _case("near a point", _near),
        _case("near, dates", _near, dated),
        _case("map, dates", _map, dated),
        _case("city by name, dates", _named, dated),
        _case("near, dates, filters", _near, {**dated, **FILTERS}),
        _case("near, dates, by price", _near, {**dated, "sort": "price"}),
        _case("near, dates, facets", _near, {**dated, "facets": "true"}),
        _case("near, dates, page 25", _near, {**dated, "page": "25"}),
        Case("listing detail", _details(today, listings)),
    ]


def _details(today: dt.date, listings: int) -> list[str]:
    load, pick = Load(LOAD_SEED, today), Random(SEED)
    numbers = (pick.randrange(listings) for _ in range(CALLS))
    return [f"/api/properties/{listing_id(load, number)}" for number in numbers]


FILTERS = {"amenities": "wifi,kitchen,washer", "property_type": "apartment", "max_price": "300"}


def stay(today: dt.date) -> Parameters:
    check_in = today + dt.timedelta(days=30)
    return {
        "check_in": str(check_in),
        "check_out": str(check_in + dt.timedelta(days=3)),
        "guests": "2",
    }


def path_of(parameters: Parameters) -> str:
    return f"{PATH}?{urlencode(parameters)}"


def _case(
    name: str, where: Callable[[City, Area], Parameters], more: Parameters | None = None
) -> Case:
    pick = Random(SEED)
    drawn = [cities().draw(pick) for _ in range(CALLS)]
    places = [(city, pick.choice(city.areas)) for city in drawn]
    return Case(name, [path_of({**where(city, area), **(more or {})}) for city, area in places])


def _near(_city: City, area: Area) -> Parameters:
    return {"lat": f"{area.latitude:.5f}", "lng": f"{area.longitude:.5f}"}


def _map(_city: City, area: Area) -> Parameters:
    lng, lat = area.longitude, area.latitude
    edges = (lng - MAP_DEGREES, lat - MAP_DEGREES, lng + MAP_DEGREES, lat + MAP_DEGREES)
    return {"bbox": ",".join(f"{edge:.5f}" for edge in edges)}


def _named(city: City, _area: Area) -> Parameters:
    return {"location": city.place.city}
