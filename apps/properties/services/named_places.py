"""Makes the districts and sights that a search can name from what they are of."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pymongo import ReplaceOne

from apps.common.geo import LngLat, middle
from apps.common.text import name_key
from apps.properties.enums import PlaceKind
from apps.properties.gazetteer import shortened
from apps.properties.rows import NamedPlaceRow, listings, named_places

# Of the points of a district so many are looked at, and so many districts are known at most.
POINTS, MOST, BATCH = 101, 20_000, 1000
POINT = "$location.coordinates.coordinates"


class Sight(NamedTuple):
    """Something that people stay near to. `key` tells it from others of its source."""

    key: str
    name: str
    city: str
    country: str
    point: LngLat


def districts_renew(*, now: dt.datetime) -> int:
    """Reads the areas of all listings, once. Returns how many districts there are."""
    places = (place for row in listings.aggregate(_stages()) if (place := _district(row, now)))
    return _replace(places, gone={"kind": PlaceKind.DISTRICT.value}, now=now)


def sights_put(source: str, sights: Sequence[Sight], *, now: dt.datetime) -> int:
    """Stores the sights of a source; those that it no longer has go."""
    prefix = f"{PlaceKind.SIGHT.value}-{_short(source)}-"
    places = (_sight(prefix, sight, now) for sight in sights)
    return _replace(places, gone={"_id": {"$regex": f"^{prefix}"}}, now=now)


def _replace(places: Iterable[NamedPlaceRow], *, gone: dict[str, Any], now: dt.datetime) -> int:
    writes = [ReplaceOne({"_id": place["_id"]}, place, upsert=True) for place in places]
    for at in range(0, len(writes), BATCH):
        named_places.bulk_write(writes[at : at + BATCH], ordered=False)
    named_places.delete_many({**gone, "made_at": {"$lt": now}})
    return len(writes)


def _stages() -> list[dict[str, Any]]:
    part = {"$trim": {"input": "$part"}}
    place = {name: f"$location.{name}" for name in ("city", "state", "country")}
    points = {"$firstN": {"input": POINT, "n": POINTS}}
    return [
        {"$match": {"is_active": True, "location.area": {"$gt": ""}}},
        {"$project": {"location": 1, "part": {"$split": ["$location.area", ","]}}},
        {"$unwind": "$part"},
        {"$group": {"_id": {"name": part, **place}, "count": {"$sum": 1}, "points": points}},
        {"$sort": {"count": -1, "_id": 1}},
        {"$limit": MOST},
    ]


def _district(row: dict[str, Any], now: dt.datetime) -> NamedPlaceRow | None:
    place = {"state": "", **row["_id"]}
    key = name_key(place["name"])
    if not key or key == name_key(place["city"]) or any(map(str.isdigit, key)):
        return None
    names = (key, name_key(place["city"]), name_key(place["country"]))
    identity = f"{PlaceKind.DISTRICT.value}-{_short('|'.join(names))}"
    return _row(
        identity,
        PlaceKind.DISTRICT,
        place,
        center=middle(row["points"]),
        count=row["count"],
        now=now,
    )


def _sight(prefix: str, sight: Sight, now: dt.datetime) -> NamedPlaceRow:
    place = {"name": sight.name, "city": sight.city, "state": "", "country": sight.country}
    identity = f"{prefix}{_short(sight.key)}"
    return _row(identity, PlaceKind.SIGHT, place, center=sight.point, count=0, now=now)


def _row(
    identity: str,
    kind: PlaceKind,
    place: dict[str, str],
    *,
    center: LngLat,
    count: int,
    now: dt.datetime,
) -> NamedPlaceRow:
    keys = list(_keys(name_key(place["name"])))
    return {
        "_id": identity,
        "kind": kind.value,
        "name": place["name"],
        "city": place["city"],
        "state": place["state"],
        "country": place["country"],
        "center": list(center),
        "keys": keys,
        "typos": shortened(keys[0]) if keys else [],
        "count": count,
        "made_at": now,
    }


def _keys(key: str) -> Iterator[str]:
    """The name, and without its article."""
    if key:
        yield key
    if key.startswith("the "):
        yield key.removeprefix("the ")


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
