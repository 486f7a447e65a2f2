"""Reads of activities, climate, forecasts and plans, and which place a name or a point means."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from bson import ObjectId

from apps.ai.documents import Activity, ClimateNormal, Itinerary, WeatherReport
from apps.common.errors import NotFoundError
from apps.common.geo import EARTH_RADIUS_KM, LngLat, distance_km
from apps.common.pagination import Page, paginated
from apps.common.text import name_key
from apps.properties.selectors import places

NEAREST_PLACE_KM = 60
KNOWN_NAMED = 20
SHOWN = ("name", "category", "description", "address", "url", "opening_hours", "attribution")
SUMMARY = ("destination", "guests", "planner", "created_at")


@dataclass(frozen=True, kw_only=True)
class Place:
    city: str
    state: str
    country: str
    point: LngLat


def places_known() -> list[Place]:
    """The cities that have listings, those with most first."""
    return [
        Place(
            city=row["city"],
            state=row["state"],
            country=row["country"],
            point=(row["center"][0], row["center"][1]),
        )
        for row in places()
    ]


def place_named(name: str) -> Place:
    """By city, "city, country", state or country; raises `NotFoundError`, which names the known."""
    known = places_known()
    wanted = name_key(name)
    for names in (_city, _city_and_more, _regions):
        for place in known:
            if wanted in names(place):
                return place
    cities = [place.city for place in known][:KNOWN_NAMED]
    told = f"Known are {', '.join(cities)}." if cities else "There are no listings at all yet."
    raise NotFoundError(
        f"There are no listings in a place of that name. {told}",
        code="UNKNOWN_DESTINATION",
        known=cities,
    )


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


def activity_item(row: dict[str, Any], *, origin: LngLat | None = None) -> dict[str, Any]:
    item = {"id": row["_id"], **{name: row.get(name, "") for name in SHOWN}}
    item["indoors"] = row["indoors"]
    item["coordinates"] = row["coordinates"]
    if origin:
        item["distance_km"] = distance_from(origin, row)
    return item


def distance_from(origin: LngLat, row: dict[str, Any]) -> float:
    lng, lat = row["coordinates"]["coordinates"]
    return round(distance_km(origin, (lng, lat)), 2)


def activity_page(
    *,
    page: Page,
    city: str | None = None,
    point: LngLat | None = None,
    radius_km: float = 10,
    category: str | None = None,
) -> dict[str, Any]:
    """Nearest first to the point, else by name."""
    activities = Activity._get_collection()
    query: dict[str, Any] = {"category": category} if category else {}
    if city:
        query["city_key"] = name_key(city)
    if point:
        rows = activities.find({**query, **_near(point, radius_km)})
        total = activities.count_documents({**query, **_within(point, radius_km)})
    else:
        rows = activities.find(query).sort([("name", 1), ("_id", 1)])
        total = activities.count_documents(query)
    found = rows.skip(page.skip).limit(page.per_page)
    return paginated([activity_item(row, origin=point) for row in found], page=page, total=total)


def activities_near(point: LngLat, *, radius_km: float, most: int) -> list[dict[str, Any]]:
    return list(Activity._get_collection().find(_near(point, radius_km)).limit(most))


def _near(point: LngLat, radius_km: float) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": list(point)}
    near = {"$geometry": geometry, "$maxDistance": radius_km * 1000}
    return {"coordinates": {"$nearSphere": near}}


def _within(point: LngLat, radius_km: float) -> dict[str, Any]:
    """The same circle for counting, which `$nearSphere` cannot."""
    circle = [list(point), radius_km / EARTH_RADIUS_KM]
    return {"coordinates": {"$geoWithin": {"$centerSphere": circle}}}


def normal_key(city: str, country: str) -> str:
    return f"{name_key(city)}:{name_key(country)}"


def normal_of(city: str, country: str | None = None) -> dict[str, Any] | None:
    normals = ClimateNormal._get_collection()
    if country is not None:
        return normals.find_one({"_id": normal_key(city, country)})
    start = normal_key(city, "")
    return normals.find_one({"_id": {"$gte": start, "$lt": f"{start[:-1]};"}})


def report_key(point: LngLat) -> str:
    return f"{point[1]:.2f},{point[0]:.2f}"


def report_of(point: LngLat, *, now: dt.datetime) -> dict[str, Any] | None:
    """The stored forecast, as long as it is fresh: the TTL index may be a minute late."""
    query = {"_id": report_key(point), "expires_at": {"$gt": now}}
    return WeatherReport._get_collection().find_one(query)


def itinerary_stored(itinerary_id: ObjectId, *, user_id: ObjectId) -> dict[str, Any]:
    """Raises `NotFoundError` for another's plan."""
    found = Itinerary._get_collection().find_one({"_id": itinerary_id, "user_id": user_id})
    if found is None:
        raise itinerary_unknown()
    return found


def itinerary_unknown() -> NotFoundError:
    return NotFoundError("There is no such itinerary.")


def itinerary_page(user_id: ObjectId, *, page: Page) -> dict[str, Any]:
    """Newest first and without their days."""
    plans = Itinerary._get_collection()
    query = {"user_id": user_id}
    newest = [("created_at", -1), ("_id", -1)]
    shown = dict.fromkeys((*SUMMARY, "start_date", "end_date"), 1)
    found = plans.find(query, shown).sort(newest).skip(page.skip).limit(page.per_page)
    total = plans.count_documents(query, hint="user_newest")
    return paginated([itinerary_head(row) for row in found], page=page, total=total)


def itinerary_head(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["_id"],
        **{name: row[name] for name in SUMMARY},
        "start_date": row["start_date"].date(),
        "end_date": row["end_date"].date(),
    }
