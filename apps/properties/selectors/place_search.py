"""Which place a typed text means: the gazetteer's, a district of our listings, or a sight. Each
answer costs one command at most, whatever was typed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Self

from apps.common.geo import MONGODB_RADIUS_M, LngLat
from apps.common.text import name_key
from apps.properties.enums import PlaceKind
from apps.properties.gazetteer import (
    CITY,
    GazetteerPlace,
    distance,
    most_typos,
    place_known,
    places_beginning,
    places_in,
    places_named,
    places_resembling,
    shortened,
)
from apps.properties.gazetteer.geometry import Box, box_around
from apps.properties.replies import PlaceSuggestionReply
from apps.properties.rows import NamedPlaceRow, named_places
from apps.properties.vocabulary import place_key, places_meant

# How far people walk to a sight, and what belongs to a district that has no border.
SIGHT_KM, DISTRICT_KM = 2.0, 2.0
LONGEST, MOST_READ, MOST, MOST_SHOWN = 60, 60, 8, 24
# A place with fewer people, or a part of a city, may be the district that our listings are in.
LARGE = 100_000
FAR_BETTER = 10


class FoundPlace(NamedTuple):
    """`match` is what an entry of the search must have to lie in it."""

    id: str
    name: str
    kind: str
    region: str
    country: str
    center: LngLat
    box: Box
    match: Mapping[str, Any]

    @classmethod
    def of(cls, place: GazetteerPlace) -> Self:
        return cls(
            place.id,
            place.name,
            place.kind,
            "" if place.division == place.name else place.division,
            place.country_name,
            place.center,
            place.box,
            {"place_keys": place_key(place.id)},
        )

    @classmethod
    def ours(cls, row: NamedPlaceRow) -> Self:
        center = (row["center"][0], row["center"][1])
        is_sight = row["kind"] == PlaceKind.SIGHT.value
        return cls(
            row["_id"],
            row["name"],
            row["kind"],
            row["city"],
            row["country"],
            center,
            box_around(*center, SIGHT_KM if is_sight else DISTRICT_KM),
            _around(center) if is_sight else _within(row),
        )


def place_by_id(place_id: str) -> FoundPlace | None:
    """Finds the place that a suggestion named."""
    if place_id.startswith((PlaceKind.DISTRICT.value, PlaceKind.SIGHT.value)):
        row = named_places.find_one({"_id": place_id})
        return FoundPlace.ours(row) if row else None
    known = place_known(place_id)
    return FoundPlace.of(known) if known else None


def place_by_name(text: str) -> FoundPlace | None:
    """Finds what a text of any length means: as it is written, then with typing errors."""
    meant = places_meant(text)
    first = meant[0] if meant else None
    key = name_key(text.split(",", maxsplit=1)[0])[:LONGEST]
    ours = _ours(key)
    exact = next((row for row in ours if key in row["keys"] and _fits(row, text)), None)
    if exact and (first is None or not _is_prominent(first)):
        return FoundPlace.ours(exact)
    if first:
        return FoundPlace.of(first)
    return _resembling(name_key(text)[:LONGEST], ours)


def places_suggested(text: str, *, most: int = MOST) -> list[PlaceSuggestionReply]:
    """Returns what somebody may mean who has typed this much, the likeliest first."""
    key = name_key(text)[:LONGEST]
    if not key:
        return []
    found = list(_suggested(key, text, most))[: 2 * most]
    return [_suggestion(place) for place in _distinct(found)][:most]


def places_shown(box: Box) -> list[PlaceSuggestionReply]:
    """Returns the best known cities in a part of the map, which a map writes on it."""
    found = [FoundPlace.of(place) for place in places_in(box, most=MOST_SHOWN)]
    return [_suggestion(place) for place in _distinct(found)]


def _suggested(key: str, text: str, most: int) -> Iterator[FoundPlace]:
    """Yields what is called so, then what has a name that begins so, then what is called so in
    another language; without any of these what resembles it."""
    named = _complete(text)
    begun = [] if "," in text else places_beginning(key, most=most)
    ours = _ours(name_key(text.split(",", maxsplit=1)[0])[:LONGEST])
    fit = [row for row in ours if _fits(row, text) and not _errors(key, row)]
    own = [place for place in begun if name_key(place.name).startswith(key)]
    yield from map(FoundPlace.of, _far_better_known(key, named, own))
    yield from map(FoundPlace.of, filter(_is_prominent, named[:1]))
    yield from map(FoundPlace.ours, (row for row in fit if key in row["keys"]))
    yield from map(FoundPlace.of, named[: most // 2])
    yield from map(FoundPlace.of, [place for place in own if _is_prominent(place)][:2])
    yield from map(FoundPlace.ours, fit)
    yield from map(FoundPlace.of, (*own, *begun))
    if not (named or begun or fit):
        resembling = [FoundPlace.of(place) for place in places_resembling(key, most=most)]
        known = [*resembling, *map(FoundPlace.ours, ours)]
        yield from sorted(known, key=lambda place: distance(key, name_key(place.name)))


def _far_better_known(
    key: str, named: Sequence[GazetteerPlace], begun: Sequence[GazetteerPlace]
) -> Sequence[GazetteerPlace]:
    """Whoever types "sing" is on the way to Singapore, though Sing Buri is called so for short."""
    if not named or not begun or name_key(named[0].name) == key:
        return []
    return begun[:1] if begun[0].people > FAR_BETTER * named[0].people else []


def _is_prominent(place: GazetteerPlace) -> bool:
    """Whether it comes to mind before what our listings are in: no part of a city, no village."""
    return place.kind != CITY or (place.people >= LARGE and not place.is_part)


def _complete(text: str) -> Sequence[GazetteerPlace]:
    """What is called so; "paris, te" may still become Paris in Texas."""
    name, *regions = (name_key(part) for part in text.split(","))
    if not any(regions):
        return places_meant(text)
    return [
        place
        for place in places_named(name)
        if any(name_key(around).startswith(regions[-1]) for around in place.around)
    ] or places_meant(text)


def _distinct(found: Sequence[FoundPlace]) -> Iterator[FoundPlace]:
    """Leaves out what reads like one before: Luxembourg in Luxembourg."""
    seen: set[tuple[str, str, str]] = set()
    for place in found:
        label = (place.name, place.region, place.country or place.name)
        if label not in seen:
            seen.add(label)
            yield place


def _suggestion(place: FoundPlace) -> PlaceSuggestionReply:
    names = (place.name, place.region, place.country)
    return PlaceSuggestionReply(
        id=place.id,
        name=place.name,
        kind=place.kind,
        label=", ".join(dict.fromkeys(filter(None, names))),
        country=place.country,
        center=list(place.center),
        bbox=list(place.box),
    )


def _ours(key: str) -> list[NamedPlaceRow]:
    """Those whose name begins so, or is a letter or two off, in one command."""
    if not key:
        return []
    errors = {"typos": {"$in": shortened(key)}}
    query = {"$or": [{"keys": {"$regex": f"^{re.escape(key)}"}}, errors]}
    rows = named_places.find(query).sort("count", -1).limit(MOST_READ)
    return [row for row in rows if _errors(key, row) <= most_typos(key)]


def _errors(key: str, row: NamedPlaceRow) -> int:
    return min(0 if name.startswith(key) else distance(key, name) for name in row["keys"])


def _fits(row: NamedPlaceRow, text: str) -> bool:
    """What stands behind a comma names the city, state or country."""
    around = {name_key(row[name]) for name in ("city", "state", "country")}
    return all(key in around for part in text.split(",")[1:] if (key := name_key(part)))


def _resembling(key: str, ours: Sequence[NamedPlaceRow]) -> FoundPlace | None:
    if not key:
        return None
    known = [FoundPlace.of(place) for place in places_resembling(key, most=3)]
    begun = [FoundPlace.of(place) for place in places_beginning(key, most=1)]
    found = [*begun, *map(FoundPlace.ours, ours), *known]
    return min(found, key=lambda place: _difference(key, place), default=None)


def _difference(key: str, place: FoundPlace) -> int:
    name = name_key(place.name)
    return 0 if name.startswith(key) else distance(key, name)


def _around(center: LngLat) -> Mapping[str, Any]:
    circle = [list(center), SIGHT_KM * 1000 / MONGODB_RADIUS_M]
    return {"point": {"$geoWithin": {"$centerSphere": circle}}}


def _within(row: NamedPlaceRow) -> Mapping[str, Any]:
    return {"place_keys": {"$all": [name_key(row["name"]), name_key(row["city"])]}}
