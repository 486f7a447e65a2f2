"""Search: an index draws listings in rank order, then one query on the claims drops the taken.

`$nearSphere` in `find` walks the index outwards and stops at the limit, which `$geoNear` and
`$geoWithin $box` do not: they cost ten times as much.
"""

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import Any

from apps.common import mongo
from apps.common.money import to_wire
from apps.common.pagination import TOTAL_CAP, Page, paginated
from apps.common.text import name_key
from apps.properties import selectors
from apps.properties.house_rules import stay_refusal
from apps.properties.metrics import SEARCHES
from apps.properties.nights import listings_taken
from apps.properties.pricing import stay_price
from apps.properties.selectors.chosen import listing_cards

EARTH_RADIUS_M = 6_378_100
# A page of free listings mostly stands in the first chunk; each further one is twice as large.
CHUNK = 100
MOST_DRAWN = 3000
MOST_WORDS = 8


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


def listing_search(criteria: Criteria, *, page: Page, now: dt.datetime) -> dict[str, Any]:
    if criteria.location is not None:
        criteria = replace(criteria, location=_split(criteria.location))
    if criteria.check_in and criteria.check_out:
        found, total, capped = _free(criteria, page=page, now=now)
        results = _stay_cards(found, criteria)
    else:
        rows = _ranked(criteria, selectors.CARD).skip(page.skip).limit(page.per_page)
        results = [selectors.listing_card(row) for row in rows]
        total, capped = _count(criteria)
    SEARCHES.labels(str(criteria.check_in is not None).lower(), str(total > 0).lower()).inc()
    return paginated(results, page=page, total=total, total_capped=capped)


def _free(
    criteria: Criteria, *, page: Page, now: dt.datetime
) -> tuple[list[dict[str, Any]], int, bool]:
    """The terms of the page's free listings in rank order, how many are free, and whether there
    are more."""
    wanted = page.skip + page.per_page
    free: list[dict[str, Any]] = []
    drawn, size = 0, CHUNK
    while True:
        rows = list(_ranked(criteria, selectors.TERMS).skip(drawn).limit(size))
        free += _bookable([selectors.terms_of(row) for row in rows], criteria, now=now)
        drawn += len(rows)
        if len(rows) < size or len(free) > wanted or drawn >= MOST_DRAWN:
            break
        size *= 2
    more = len(rows) == size and len(free) > wanted
    return free[page.skip : wanted], len(free), more


def _bookable(
    found: list[dict[str, Any]], criteria: Criteria, *, now: dt.datetime
) -> list[dict[str, Any]]:
    stay = _stay(criteria)
    allowed = [terms for terms in found if stay_refusal(terms, **stay, now=now) is None]
    taken = listings_taken(
        [terms["_id"] for terms in allowed],
        start=stay["check_in"],
        end=stay["check_out"],
        prep_nights={terms["_id"]: terms["prep_nights"] for terms in allowed},
        now=now,
    )
    return [terms for terms in allowed if terms["_id"] not in taken]


def _stay(criteria: Criteria) -> dict[str, Any]:
    if not (criteria.check_in and criteria.check_out):
        raise ValueError("availability needs both dates")
    return {
        "check_in": criteria.check_in,
        "check_out": criteria.check_out,
        "guest_count": criteria.guests or 1,
    }


def _stay_cards(found: list[dict[str, Any]], criteria: Criteria) -> list[dict[str, Any]]:
    """Cards with what the whole stay costs."""
    cards = listing_cards(terms["_id"] for terms in found)
    stay = _stay(criteria)
    nights = (stay["check_out"] - stay["check_in"]).days
    return [
        {
            **cards[terms["_id"]],
            "stay": {"nights": nights, "total_price": to_wire(stay_price(terms, **stay).total)},
        }
        for terms in found
        if terms["_id"] in cards
    ]


def _ranked(criteria: Criteria, projection: dict[str, Any]) -> Any:
    """Nearest first to the point or the middle of the box; newest first where neither is given."""
    found = mongo.collection("listings").find(ranked_query(criteria), projection)
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
    """Bounds on the two numbers themselves; a box over the date line has west > east."""
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
    """Metres from the middle to the farthest corner or edge of the box."""
    west, south, east, north = bbox
    if (east - west) % 360 > 180:  # noqa: PLR2004 half the globe
        return math.pi * EARTH_RADIUS_M
    edges = [(lng, lat) for lng in (west, east) for lat in (south, north)]
    if south < 0 < north:
        edges += [(west, 0.0), (east, 0.0)]
    return max(_distance(middle, edge) for edge in edges) * 1.01


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in metres (haversine)."""
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
    """Keys that a listing's place must all have; of an unnameable place none has the empty one."""
    return [key for part in location.split(",") if (key := name_key(part))] or [""]


def _split(location: str) -> str:
    """With a comma after each known name, for people who write "Santa Monica CA"."""
    return ",".join(name for key in _names(location) for name in _known(key.split()))


def _known(words: list[str]) -> list[str]:
    """The longest known name at the front, then the same of what is left."""
    for end in range(len(words), 0, -1) if len(words) <= MOST_WORDS else ():
        name = " ".join(words[:end])
        if mongo.collection("listings").find_one({"place_names": name}, {"_id": 1}):
            return [name, *_known(words[end:])]
    return [" ".join(words)] if words else []


def _count(criteria: Criteria) -> tuple[int, bool]:
    """Counting cannot use `$nearSphere`: the same circle as `$geoWithin` counts the same rows."""
    query = ranked_query(criteria)
    near = query.pop("location.coordinates", None)
    if near:
        centre = near["$nearSphere"]["$geometry"]["coordinates"]
        radians = min(near["$nearSphere"]["$maxDistance"] / EARTH_RADIUS_M, math.pi)
        query["location.coordinates"] = {"$geoWithin": {"$centerSphere": [centre, radians]}}
    total = mongo.collection("listings").count_documents(query, limit=TOTAL_CAP + 1)
    return min(total, TOTAL_CAP), total > TOTAL_CAP
