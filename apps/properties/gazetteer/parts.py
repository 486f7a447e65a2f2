"""Which places are parts of a city. They are denser, and end where the next begins."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from apps.common.geo import distance_km, square_degree
from apps.properties.gazetteer.geometry import cells_around, city_radius_km
from apps.properties.gazetteer.places import CITY

# A city has parts from this number of people on, and so many times those of any of them.
LARGE, TIMES = 100_000, 3


class City(Protocol):
    kind: str
    lng: float
    lat: float
    people: int


def radii_of(places: Sequence[City]) -> dict[int, float]:
    """The kilometres that each city reaches, by its number."""
    large = defaultdict(list)
    for place in places:
        if place.kind == CITY and place.people >= LARGE:
            large[square_degree(place.lng, place.lat)].append(place)
    return {
        number: city_radius_km(place.people, is_part=_is_part(place, large))
        for number, place in enumerate(places)
        if place.kind == CITY
    }


def _is_part(place: City, large: dict[int, list[City]]) -> bool:
    return any(
        other.people >= TIMES * place.people
        and distance_km((place.lng, place.lat), (other.lng, other.lat))
        <= city_radius_km(other.people)
        for cell in cells_around(place.lng, place.lat)
        for other in large.get(cell, ())
    )
