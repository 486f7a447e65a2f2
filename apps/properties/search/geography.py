"""Where a search looks: a circle, a box, a polygon, or everywhere."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from apps.common.geo import MONGODB_RADIUS_M, LngLat, point_of, vector_of
from apps.properties.search.criteria import Bbox, Criteria

Condition = dict[str, Any]
HALF_ROUND_M = math.pi * MONGODB_RADIUS_M
# A region that reaches as far as this has no nearest homes, and the index of points does not serve
# it.
WIDE_M = 1_000_000
# What is added to a reach, so that rounding leaves no corner out.
SPARE = 1.01
ROUND, HALF_ROUND = 360.0, 180.0


class Region(NamedTuple):
    """A circle around `centre`, of which what `bounds` say belongs to it."""

    centre: LngLat
    reach_m: float
    bounds: tuple[Condition, ...] = ()

    @property
    def is_wide(self) -> bool:
        return self.reach_m > WIDE_M

    def near(self, *, least_m: float = 0, most_m: float | None = None) -> Condition:
        """Makes the condition by which `find` yields the nearest first."""
        near: dict[str, Any] = {
            "$geometry": {"type": "Point", "coordinates": list(self.centre)},
            "$maxDistance": self.reach_m if most_m is None else most_m,
        }
        if least_m > 0:
            near["$minDistance"] = least_m
        return {"point": {"$nearSphere": near}}

    def within(self) -> list[Condition]:
        """Makes the conditions for any other order, and for counting."""
        if self.reach_m >= HALF_ROUND_M or (self.is_wide and self.bounds):
            return list(self.bounds)
        return [circle(self.centre, self.reach_m), *self.bounds]


def circle(centre: LngLat, metres: float) -> Condition:
    radians = min(metres / MONGODB_RADIUS_M, math.pi)
    return {"point": {"$geoWithin": {"$centerSphere": [list(centre), radians]}}}


def region_of(criteria: Criteria) -> Region | None:
    """Returns None for everywhere."""
    if criteria.bbox:
        return box(criteria.bbox)
    if criteria.polygon:
        return polygon(criteria.polygon)
    if criteria.point:
        return Region(criteria.point, criteria.radius_m)
    return None


def box(bbox: Bbox) -> Region:
    west, south, east, north = bbox
    width = width_of(bbox)
    middle = (_around(west + width / 2), (south + north) / 2)
    if width > HALF_ROUND:
        return Region(middle, HALF_ROUND_M, tuple(_inside(bbox)))
    corners = [(lng, lat) for lng in (west, east) for lat in (south, north)]
    return Region(middle, _reach(middle, corners), tuple(_inside(bbox)))


def width_of(bbox: Bbox) -> float:
    """Measures the degrees from west to east; from -180 to 180 it is all the way round."""
    west, _, east, _ = bbox
    return ROUND if east - west >= ROUND else (east - west) % ROUND


def _inside(bbox: Bbox) -> Iterable[Condition]:
    """Bounds the two numbers themselves; a box over the date line has west > east. The date line
    is 180 and -180: a box that ends there has the listings of both."""
    west, south, east, north = bbox
    lng, lat = (f"point.coordinates.{axis}" for axis in (0, 1))
    yield {lat: {"$gte": south, "$lte": north}}
    if width_of(bbox) == ROUND:
        return
    if west > east:
        yield {"$or": [{lng: {"$gte": west}}, {lng: {"$lte": east}}]}
    elif HALF_ROUND in {-west, east}:
        yield {"$or": [{lng: {"$gte": west, "$lte": east}}, {lng: {"$in": [180.0, -180.0]}}]}
    else:
        yield {lng: {"$gte": west, "$lte": east}}


def polygon(corners: Sequence[LngLat]) -> Region:
    """Its sides are the shortest ways between its corners, on the globe. Of the two parts into
    which they divide it, the smaller is meant."""
    ring = [list(corner) for corner in (*corners, corners[0])]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    middle = middle_of(corners)
    bounds: Condition = {"point": {"$geoWithin": {"$geometry": geometry}}}
    return Region(middle, _reach(middle, corners), (bounds,))


def middle_of(points: Sequence[LngLat]) -> LngLat:
    """Returns the middle of points on the globe, wherever the date line is."""
    vectors = [vector_of(point) for point in points]
    return point_of(*(sum(axis) / len(vectors) for axis in zip(*vectors, strict=True)))


def _reach(middle: LngLat, corners: Iterable[LngLat]) -> float:
    return min(HALF_ROUND_M, max(distance_m(middle, corner) for corner in corners) * SPARE)


def distance_m(a: LngLat, b: LngLat) -> float:
    """Measures the great circle in metres, on the globe of MongoDB, right at any distance."""
    lng_a, lat_a, lng_b, lat_b = map(math.radians, (*a, *b))
    turn = lng_b - lng_a
    across = math.cos(lat_b) * math.sin(turn)
    up = math.cos(lat_a) * math.sin(lat_b) - math.sin(lat_a) * math.cos(lat_b) * math.cos(turn)
    along = math.sin(lat_a) * math.sin(lat_b) + math.cos(lat_a) * math.cos(lat_b) * math.cos(turn)
    return MONGODB_RADIUS_M * math.atan2(math.hypot(across, up), along)


def _around(lng: float) -> float:
    return (lng + HALF_ROUND) % ROUND - HALF_ROUND
