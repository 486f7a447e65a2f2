import math
import statistics
from collections.abc import Sequence

EARTH_RADIUS_KM = 6_371.0
# The radius by which MongoDB turns metres into angles.
MONGODB_RADIUS_M = 6_378_100
LngLat = tuple[float, float]


def distance_km(a: LngLat, b: LngLat) -> float:
    """Great-circle distance (haversine) between two (longitude, latitude)."""
    lng_a, lat_a, lng_b, lat_b = map(math.radians, (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lng_b - lng_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def middle(points: Sequence[Sequence[float]]) -> LngLat:
    """The point in the middle of most of them, of (longitude, latitude): a few that are wrong, or
    the date line between them, do not move it."""
    if not points:
        return (0.0, 0.0)
    axes = zip(*map(vector_of, points), strict=True)
    lng, lat = point_of(*(statistics.median(axis) for axis in axes))
    return round(lng, 5), round(lat, 5)


def vector_of(point: Sequence[float]) -> tuple[float, float, float]:
    """Where the point lies on a globe of radius 1."""
    east, north = map(math.radians, point)
    return (
        math.cos(north) * math.cos(east),
        math.cos(north) * math.sin(east),
        math.sin(north),
    )


def point_of(x: float, y: float, z: float) -> LngLat:
    """The point in whose direction the vector shows."""
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def square_degree(lng: float, lat: float) -> int:
    """The number of the square degree of a point."""
    return (math.floor(lat) + 90) * 360 + (math.floor(lng) + 180) % 360
