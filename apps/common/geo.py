import math
import statistics
from collections.abc import Sequence

EARTH_RADIUS_KM = 6_371.0
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
    axes = zip(*(_on_sphere(lng, lat) for lng, lat in points), strict=True)
    x, y, z = (statistics.median(axis) for axis in axes)
    return (
        round(math.degrees(math.atan2(y, x)), 5),
        round(math.degrees(math.atan2(z, math.hypot(x, y))), 5),
    )


def _on_sphere(lng: float, lat: float) -> tuple[float, float, float]:
    east, north = math.radians(lng), math.radians(lat)
    return (
        math.cos(north) * math.cos(east),
        math.cos(north) * math.sin(east),
        math.sin(north),
    )
