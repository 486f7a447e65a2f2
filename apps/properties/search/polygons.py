"""Which polygons can be searched in."""

from collections.abc import Sequence
from itertools import combinations

from apps.common.geo import LngLat, vector_of
from apps.properties.search.geography import HALF_ROUND_M, distance_m, middle_of

Vector = tuple[float, float, float]
LEAST_CORNERS = 3
# Two sides that share no corner have so many ends.
ENDS = 4
# A corner may be so far from the middle: then all of it is on one half of the globe.
FARTHEST_M = HALF_ROUND_M * 0.45
# Twice the area of a triangle on a globe of radius 1: a square of a metre has 4e-14.
FLAT = 1e-14


def polygon_problem(corners: Sequence[LngLat]) -> str:
    """Returns a sentence about what is wrong, or nothing."""
    if len(corners) < LEAST_CORNERS or len(set(corners)) < len(corners):
        return "A polygon has three corners or more, all of them different."
    middle = middle_of(corners)
    if max(distance_m(middle, corner) for corner in corners) > FARTHEST_M:
        return "The polygon is too large: it has to fit on half of the globe."
    ring = [vector_of(corner) for corner in corners]
    sides = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    apart = (pair for pair in combinations(sides, 2) if len({*pair[0], *pair[1]}) == ENDS)
    if any(_cross(*one, *other) for one, other in apart):
        return "The sides of the polygon cross each other."
    inside = vector_of(middle)
    if abs(sum(_volume(inside, *side) for side in sides)) < FLAT:
        return "The polygon has no area."
    return ""


def _cross(a: Vector, b: Vector, c: Vector, d: Vector) -> bool:
    """Returns whether the arcs ab and cd cross in a point that is an end of neither."""
    acb, bda = -_volume(a, b, c), _volume(a, b, d)
    if acb * bda <= 0:
        return False
    cbd, dac = -_volume(c, d, b), _volume(c, d, a)
    return acb * cbd > 0 and acb * dac > 0


def _volume(a: Vector, b: Vector, c: Vector) -> float:
    """Returns the product (a x b) . c, which is positive where they turn to the left."""
    return (
        (a[1] * b[2] - a[2] * b[1]) * c[0]
        + (a[2] * b[0] - a[0] * b[2]) * c[1]
        + (a[0] * b[1] - a[1] * b[0]) * c[2]
    )
