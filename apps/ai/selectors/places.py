"""Which place a name or a point means."""

from dataclasses import dataclass
from typing import ClassVar

from apps.common.errors import NotFoundError
from apps.common.geo import LngLat, distance_km
from apps.common.text import name_key
from apps.properties.selectors import places

NEAREST_PLACE_KM = 60
KNOWN_NAMED = 20


class UnknownDestinationError(NotFoundError):
    """`details.known` are the cities that the sentence names."""

    code = "UNKNOWN_DESTINATION"
    sentence = "There are no listings in a place of that name. Try one of these: {cities}."
    sample: ClassVar = {"cities": "Lisbon, Singapore"}


class NoListingsYetError(UnknownDestinationError):
    sentence = "There are no listings yet."
    sample: ClassVar = {}


@dataclass(frozen=True, kw_only=True)
class Place:
    city: str
    state: str
    country: str
    point: LngLat


def places_known() -> list[Place]:
    """Returns the cities that have listings, those with most first."""
    return [
        Place(
            city=row.city,
            state=row.state,
            country=row.country,
            point=(row.center[0], row.center[1]),
        )
        for row in places()
    ]


def place_named(name: str) -> Place:
    """Finds a place by city, "city, country", state or country; raises
    `UnknownDestinationError`."""
    known = places_known()
    wanted = name_key(name)
    for names in (_city, _city_and_more, _regions):
        for place in known:
            if wanted in names(place):
                return place
    cities = [place.city for place in known][:KNOWN_NAMED]
    if not cities:
        raise NoListingsYetError(details={"known": cities})
    raise UnknownDestinationError(cities=", ".join(cities), details={"known": cities})


def _city(place: Place) -> set[str]:
    return {name_key(place.city)}


def _city_and_more(place: Place) -> set[str]:
    with_state = f"{place.city} {place.state}"
    return {
        name_key(text)
        for text in (with_state, f"{place.city} {place.country}", f"{with_state} {place.country}")
    }


def _regions(place: Place) -> set[str]:
    return {name_key(place.state), name_key(place.country)} - {""}


def place_near(point: LngLat) -> Place | None:
    near = [(distance_km(place.point, point), place) for place in places_known()]
    km, place = min(near, key=lambda pair: pair[0], default=(NEAREST_PLACE_KM + 1.0, None))
    return place if km <= NEAREST_PLACE_KM else None
