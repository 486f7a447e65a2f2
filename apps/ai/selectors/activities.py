from typing import Any

from apps.ai.replies.activities import ActivityReply
from apps.ai.rows import ActivityRow, activities
from apps.common.geo import EARTH_RADIUS_KM, LngLat
from apps.common.pagination import Page
from apps.common.replies import Paged
from apps.common.text import name_key


def activity_page(
    *,
    page: Page,
    city: str | None = None,
    point: LngLat | None = None,
    radius_km: float = 10,
    category: str | None = None,
) -> Paged[ActivityReply]:
    """Lists the nearest to the point first, without a point by name."""
    query: dict[str, Any] = {"category": category} if category else {}
    if city:
        query["city_key"] = name_key(city)
    if point:
        rows = activities.find({**query, **_near(point, radius_km)})
        total = activities.count({**query, **_within(point, radius_km)})
    else:
        rows = activities.find(query).sort([("name", 1), ("_id", 1)])
        total = activities.count(query)
    found = rows.skip(page.skip).limit(page.per_page)
    return Paged.of([ActivityReply.of(row, origin=point) for row in found], page=page, total=total)


def activities_near(point: LngLat, *, radius_km: float, most: int) -> list[ActivityRow]:
    return list(activities.find(_near(point, radius_km)).limit(most))


def _near(point: LngLat, radius_km: float) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": list(point)}
    near = {"$geometry": geometry, "$maxDistance": radius_km * 1000}
    return {"coordinates": {"$nearSphere": near}}


def _within(point: LngLat, radius_km: float) -> dict[str, Any]:
    """Returns the same circle for counting, which `$nearSphere` cannot do."""
    circle = [list(point), radius_km / EARTH_RADIUS_KM]
    return {"coordinates": {"$geoWithin": {"$centerSphere": circle}}}
