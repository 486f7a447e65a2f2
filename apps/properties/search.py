"""Searches: an index yields listings in rank order, then one query on the claims removes those
that are taken.

`$nearSphere` in `find` walks the index outwards and stops at the limit, which `$geoNear` and
`$geoWithin $box` do not: they cost ten times as much.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypedDict

from pymongo.cursor import Cursor

from apps.common.money import to_wire
from apps.common.pagination import TOTAL_CAP, Page
from apps.common.replies import Paged
from apps.common.text import name_key
from apps.properties import selectors
from apps.properties.house_rules import stay_refusal
from apps.properties.metrics import SEARCHES
from apps.properties.nights import listings_taken
from apps.properties.pricing import Terms, stay_price
from apps.properties.replies import FoundCardReply, StayTotalReply
from apps.properties.rows import ListingRow, listings

EARTH_RADIUS_M = 6_378_100
# A page of free listings mostly stands in the first chunk; each further one is twice as large.
CHUNK = 100
MOST_READ = 3000
MOST_WORDS = 8
# What makes a search cost more: a name or a wide area, and each hundred listings that are skipped.
WIDE, WIDE_DEGREES, WIDE_METRES = 4, 3.0, 100_000
DEEP, DEEPEST = 100, 10


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """Prices in minor units; `bbox` is (west, south, east, north), `point` (lng, lat).
    `location` is a name, or several with commas between them."""

    point: tuple[float, float] | None = None
    radius_m: float = 20_000
    bbox: tuple[float, float, float, float] | None = None
    min_price: int | None = None
    max_price: int | None = None
    property_type: str | None = None
    guests: int | None = None
    check_in: dt.date | None = None
    check_out: dt.date | None = None
    location: str | None = None
    amenities: tuple[str, ...] = ()


class RequestedStay(TypedDict):
    check_in: dt.date
    check_out: dt.date
    guest_count: int


class Found(NamedTuple):
    """The cards of a page, how many listings were found, and whether there are more."""

    cards: list[FoundCardReply]
    total: int
    is_capped: bool


def search_cost(criteria: Criteria, page: Page) -> int:
    """What a search counts for beside a listing's 1: more where it reads more to answer."""
    return (
        1
        + (WIDE if _is_wide(criteria) else 0)
        + (1 if criteria.check_in else 0)
        + (1 if criteria.amenities else 0)
        + min(DEEPEST, page.skip // DEEP)
    )


def _is_wide(criteria: Criteria) -> bool:
    if criteria.location is not None:
        return True
    if criteria.bbox is not None:
        west, south, east, north = criteria.bbox
        return (east - west) % 360 > WIDE_DEGREES or north - south > WIDE_DEGREES
    return criteria.point is None or criteria.radius_m > WIDE_METRES


def listing_search(criteria: Criteria, *, page: Page, now: dt.datetime) -> Paged[FoundCardReply]:
    if criteria.location is not None:
        criteria = replace(criteria, location=_split(criteria.location))
    stay = _stay(criteria)
    found = _free(criteria, stay, page=page, now=now) if stay else _any(criteria, page=page)
    SEARCHES.labels(str(criteria.check_in is not None).lower(), str(found.total > 0).lower()).inc()
    return Paged.of(found.cards, page=page, total=found.total, total_capped=found.is_capped)


def _stay(criteria: Criteria) -> RequestedStay | None:
    if not (criteria.check_in and criteria.check_out):
        return None
    return {
        "check_in": criteria.check_in,
        "check_out": criteria.check_out,
        "guest_count": criteria.guests or 1,
    }


def _any(criteria: Criteria, *, page: Page) -> Found:
    """Finds listings whatever their calendars say."""
    rows = _ranked(criteria, selectors.CARD).skip(page.skip).limit(page.per_page)
    cards = [FoundCardReply.of(row) for row in rows]
    return Found(cards, *_count(criteria))


def _free(criteria: Criteria, stay: RequestedStay, *, page: Page, now: dt.datetime) -> Found:
    """Finds listings that are free, with what the whole stay costs."""
    wanted = page.skip + page.per_page
    free: list[Terms] = []
    read, size = 0, CHUNK
    while True:
        rows = list(_ranked(criteria, selectors.TERMS).skip(read).limit(size))
        free += _bookable([selectors.terms_of(row) for row in rows], stay, now=now)
        read += len(rows)
        if len(rows) < size or len(free) > wanted or read >= MOST_READ:
            break
        size *= 2
    more = len(rows) == size and len(free) > wanted
    return Found(_priced(free[page.skip : wanted], stay), len(free), more)


def _bookable(found: Iterable[Terms], stay: RequestedStay, *, now: dt.datetime) -> list[Terms]:
    allowed = [terms for terms in found if stay_refusal(terms, **stay, now=now) is None]
    taken = listings_taken(
        [terms["_id"] for terms in allowed],
        start=stay["check_in"],
        end=stay["check_out"],
        prep_nights={terms["_id"]: terms["prep_nights"] for terms in allowed},
        now=now,
    )
    return [terms for terms in allowed if terms["_id"] not in taken]


def _priced(found: list[Terms], stay: RequestedStay) -> list[FoundCardReply]:
    query = {"_id": {"$in": [terms["_id"] for terms in found]}, "is_active": True}
    rows = {row["_id"]: row for row in listings.find(query, selectors.CARD)}
    return [
        FoundCardReply.of(rows[terms["_id"]], stay=_total(terms, stay))
        for terms in found
        if terms["_id"] in rows
    ]


def _total(terms: Terms, stay: RequestedStay) -> StayTotalReply:
    return StayTotalReply(
        nights=(stay["check_out"] - stay["check_in"]).days,
        total_price=to_wire(stay_price(terms, **stay).total),
    )


def _ranked(criteria: Criteria, projection: Mapping[str, Any]) -> Cursor[ListingRow]:
    """Finds the nearest to the point or the middle of the box first; the newest where neither is
    named."""
    found = listings.find(ranked_query(criteria), projection)
    if criteria.point or criteria.bbox:
        return found
    return found.sort("_id", -1).hint("place_newest" if criteria.location else "newest")


def ranked_query(criteria: Criteria) -> dict[str, Any]:
    query = _facets(criteria)
    if criteria.bbox:
        west, south, east, north = criteria.bbox
        middle = _middle(criteria.bbox)
        query["location.coordinates"] = _near(middle, _reach(criteria.bbox, middle))
        query.update(_inside(west, south, east, north))
    elif criteria.point:
        query["location.coordinates"] = _near(criteria.point, criteria.radius_m)
    return query


def _near(point: tuple[float, float], metres: float) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": list(point)}
    return {"$nearSphere": {"$geometry": geometry, "$maxDistance": metres}}


def _inside(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """Bounds the two numbers themselves; a box over the date line has west > east."""
    lng, lat = (f"location.coordinates.coordinates.{axis}" for axis in (0, 1))
    bounds: dict[str, Any] = {lat: {"$gte": south, "$lte": north}}
    if west <= east:
        bounds[lng] = {"$gte": west, "$lte": east}
    else:
        bounds["$or"] = [{lng: {"$gte": west}}, {lng: {"$lte": east}}]
    return bounds


def _middle(bbox: tuple[float, float, float, float]) -> tuple[float, float]:
    west, south, east, north = bbox
    width = (east - west) % 360
    return ((west + width / 2 + 180) % 360 - 180, (south + north) / 2)


def _reach(bbox: tuple[float, float, float, float], middle: tuple[float, float]) -> float:
    """Measures the metres from the middle to the farthest corner or edge of the box."""
    west, south, east, north = bbox
    if (east - west) % 360 > 180:  # noqa: PLR2004 half the globe
        return math.pi * EARTH_RADIUS_M
    edges = [(lng, lat) for lng in (west, east) for lat in (south, north)]
    if south < 0 < north:
        edges += [(west, 0.0), (east, 0.0)]
    return max(_distance(middle, edge) for edge in edges) * 1.01


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Measures the great-circle distance in metres (haversine)."""
    lng_a, lat_a, lng_b, lat_b = map(math.radians, (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lng_b - lng_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half)))


def _facets(criteria: Criteria) -> dict[str, Any]:
    query: dict[str, Any] = {"is_active": True}
    price = {"$gte": criteria.min_price, "$lte": criteria.max_price}
    bounds = {operator: value for operator, value in price.items() if value is not None}
    if bounds:
        query["price_per_night"] = bounds
    if criteria.property_type:
        query["property_type"] = criteria.property_type
    if criteria.location is not None:
        query["place_names"] = {"$all": _names(criteria.location)}
    if criteria.amenities:
        query["amenity_keys"] = {"$all": [name_key(name) for name in criteria.amenities]}
    if criteria.guests:
        query["capacity.max_guests"] = {"$gte": criteria.guests}
    if criteria.check_in and criteria.check_out:
        nights = (criteria.check_out - criteria.check_in).days
        usual = {"min_nights": {"$lte": nights}, "max_nights": {"$gte": nights}}
        query["$and"] = [{"$or": [usual, {"seasons.0": {"$exists": True}}]}]
    return query


def _names(location: str) -> list[str]:
    """Returns the keys that a listing's place must all have. A text without a name gives the empty
    key, which no place has."""
    return [key for part in location.split(",") if (key := name_key(part))] or [""]


def _split(location: str) -> str:
    """Puts a comma after each known name, for people who write "Santa Monica CA"."""
    return ",".join(name for key in _names(location) for name in _known(key.split()))


def _known(words: list[str]) -> list[str]:
    """Splits off the longest known name at the front, then goes on with what is left."""
    for end in range(len(words), 0, -1) if len(words) <= MOST_WORDS else ():
        name = " ".join(words[:end])
        if listings.exists({"place_names": name}):
            return [name, *_known(words[end:])]
    return [" ".join(words)] if words else []


def _count(criteria: Criteria) -> tuple[int, bool]:
    """Counts up to `TOTAL_CAP`, and says whether there are more. Counting cannot use
    `$nearSphere`: the same circle as `$geoWithin` counts the same rows."""
    query = ranked_query(criteria)
    near = query.pop("location.coordinates", None)
    if near:
        centre = near["$nearSphere"]["$geometry"]["coordinates"]
        radians = min(near["$nearSphere"]["$maxDistance"] / EARTH_RADIUS_M, math.pi)
        query["location.coordinates"] = {"$geoWithin": {"$centerSphere": [centre, radians]}}
    total = listings.count(query, limit=TOTAL_CAP + 1)
    return min(total, TOTAL_CAP), total > TOTAL_CAP
