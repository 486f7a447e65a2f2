"""Distances and areas on the globe, by vectors."""

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, radians, sin, sqrt

METRES = 6_378_100
Vector = tuple[float, float, float]


def vector(lng: float, lat: float) -> Vector:
    x, y = radians(lng), radians(lat)
    return cos(y) * cos(x), cos(y) * sin(x), sin(y)


def metres(a: Vector, b: Vector) -> float:
    """By the chord, or by that to the point opposite, whichever is shorter."""
    straight = sqrt(sum((p - q) ** 2 for p, q in zip(a, b, strict=True)))
    across = sqrt(sum((p + q) ** 2 for p, q in zip(a, b, strict=True)))
    if straight <= across:
        return METRES * 2 * asin(min(1.0, straight / 2))
    return METRES * (2 * asin(1.0) - 2 * asin(min(1.0, across / 2)))


def middle(points: Sequence[Vector]) -> tuple[float, float]:
    x, y, z = (sum(axis) for axis in zip(*points, strict=True))
    return degrees(atan2(y, x)), degrees(atan2(z, sqrt(x * x + y * y)))


def is_inside(point: Vector, corners: Sequence[Vector], centre: tuple[float, float]) -> bool:
    """Throws all on the plane that touches the globe at `centre`: there the shortest ways are
    straight lines, so a ray counts the sides."""
    flat = [_thrown(corner, centre) for corner in corners]
    there = _thrown(point, centre)
    if there is None:
        return False
    x, y = there
    crossed = False
    for one, other in zip(flat, [*flat[1:], flat[0]], strict=True):
        if one is None or other is None:
            raise ValueError("A corner is on the other half of the globe.")
        (x1, y1), (x2, y2) = one, other
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed


def _thrown(point: Vector, centre: tuple[float, float]) -> tuple[float, float] | None:
    up = vector(*centre)
    height = sum(p * q for p, q in zip(point, up, strict=True))
    if height <= 0:
        return None
    lng, lat = map(radians, centre)
    east = (-sin(lng), cos(lng), 0.0)
    north = (-sin(lat) * cos(lng), -sin(lat) * sin(lng), cos(lat))
    x, y = (sum(p * q for p, q in zip(point, axis, strict=True)) for axis in (east, north))
    return x / height, y / height
