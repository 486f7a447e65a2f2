"""What the place of a listing may be called, and which places a typed text means."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from apps.common.geo import distance_km
from apps.common.regions import aliases
from apps.common.text import name_key, name_keys
from apps.properties.gazetteer import (
    CITY,
    COUNTRY,
    GazetteerPlace,
    ids_around,
    places_named,
)

# An id of the gazetteer among the names: no name has this letter.
MARK = "@"
# A listing farther from a city than this is not in it, whatever it says.
FAR_KM = 150
MOST_WORDS, KEPT = 8, 4096
Location = Mapping[str, Any]


def place_names(location: Location) -> list[str]:
    """Returns what a search may call the place: its area, each part of it, its city, state,
    country. Never the address: whoever guesses it would find the house."""
    area = location.get("area") or ""
    state, country = (name_key(location.get(part) or "") for part in ("state", "country"))
    named = map(name_key, (area, *area.split(","), location["city"]))
    names = (*named, *aliases(state=state, country=country))
    return list(dict.fromkeys(filter(None, names)))


def place_keys(location: Location) -> list[str]:
    """Returns the names of the place and the ids of the gazetteer's places that it lies in: by what
    it is called, and the parts of cities by its public point. So a point that is wrong hides no
    listing of its city, and one of the next town is not in it."""
    city = city_of(location)
    lng, lat = location["coordinates"]["coordinates"]
    called = (city.id, city.division_id, city.country) if city else _ids_called(location)
    ids = dict.fromkeys([*called, *ids_around(lng, lat, parts=city is not None)])
    return [*place_names(location), *(MARK + place_id for place_id in ids if place_id)]


def place_key(place_id: str) -> str:
    """The key that every listing in this place of the gazetteer has."""
    return MARK + place_id


def places_meant(text: str) -> Sequence[GazetteerPlace]:
    """The places of the gazetteer that a typed text means: "Paris", "paris texas", "Lyon, France";
    the best known first."""
    parts = name_keys(text)
    if not parts:
        return []
    words = " ".join(parts).split()[:MOST_WORDS]
    named = _within(parts[0], parts[1:]) if len(parts) > 1 else places_named(parts[0])
    return named or _split(words)


def city_of(location: Location) -> GazetteerPlace | None:
    """The city that a listing says it is in: of those of one name the nearest to its point, of
    those that are all far away the best known."""
    found = _cities(name_key(location["city"]), name_key(location.get("country") or ""))
    if not found:
        return None
    lng, lat = location["coordinates"]["coordinates"]
    nearest = min(found, key=lambda place: distance_km(place.center, (lng, lat)))
    if distance_km(nearest.center, (lng, lat)) <= FAR_KM:
        return nearest
    state = name_key(location.get("state") or "")
    in_state = (place for place in found if name_key(place.division) == state)
    return next(in_state, found[0])


def far_from_city_km(location: Location) -> int | None:
    """How far the point lies from the city that a listing says it is in; None where that is near
    enough, or where the gazetteer knows no such city."""
    city, (lng, lat) = city_of(location), location["coordinates"]["coordinates"]
    km = distance_km(city.center, (lng, lat)) if city else 0
    return round(km) if km > FAR_KM else None


def _ids_called(location: Location) -> Iterator[str]:
    """Yields the country and state that a listing says it is in."""
    for country in _countries(name_key(location.get("country") or "")):
        yield country.id
        state = name_key(location.get("state") or "")
        named = (place for place in places_named(state) if place.country == country.id)
        yield from (place.id for place in named if place.kind != CITY)


@lru_cache(maxsize=KEPT)
def _cities(city: str, country: str) -> Sequence[GazetteerPlace]:
    found = [place for place in places_named(city) if place.kind == CITY]
    codes = {place.country for place in _countries(country)}
    return [place for place in found if place.country in codes]


def _countries(key: str) -> Sequence[GazetteerPlace]:
    return [place for place in places_named(key) if place.kind == COUNTRY] if key else []


def _split(words: list[str]) -> Sequence[GazetteerPlace]:
    """Takes the longest name at the front that the rest fits: "santa monica ca"."""
    for end in range(len(words), 0, -1):
        found = _within(" ".join(words[:end]), [" ".join(words[end:])] if words[end:] else [])
        if found:
            return found
    return []


def _within(name: str, regions: Sequence[str]) -> Sequence[GazetteerPlace]:
    """Those of this name that lie in all of the regions."""
    found = places_named(name)
    for region in regions:
        around = places_named(region)
        found = [place for place in found if any(_lies_in(place, other) for other in around)]
    return found


def _lies_in(place: GazetteerPlace, other: GazetteerPlace) -> bool:
    if other.kind == COUNTRY:
        return place.country == other.country
    if place.division_id == other.id:
        return True
    is_division = other.kind != CITY and not other.division_id
    return not is_division and other.id != place.id and other.holds(place.lng, place.lat)
