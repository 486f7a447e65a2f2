"""Where to search: a box, a polygon."""

from typing import Any

from rest_framework import serializers

from apps.common.fields import LineField
from apps.properties.search.polygons import polygon_problem

EDGES = 4
MOST_CORNERS = 60


class BboxField(LineField):
    def to_internal_value(self, data: Any) -> tuple[float, ...]:  # type: ignore[override]
        text = super().to_internal_value(data)
        try:
            edges = tuple(float(part) for part in text.split(","))
        except ValueError:
            edges = ()
        if len(edges) != EDGES or not _on_earth(edges):
            raise serializers.ValidationError(
                "Give west,south,east,north in degrees, for example 103.6,1.2,104.1,1.5."
            )
        return edges


def _on_earth(edges: tuple[float, ...]) -> bool:
    west, south, east, north = edges
    return max(abs(west), abs(east)) <= 180 and -90 <= south < north <= 90  # noqa: PLR2004


class PolygonField(LineField):
    def to_internal_value(self, data: Any) -> tuple[tuple[float, float], ...]:  # type: ignore[override]
        text = super().to_internal_value(data)
        try:
            corners = [tuple(map(float, pair.split(","))) for pair in text.split(";")]
        except ValueError:
            corners = []
        if not corners or not all(map(_is_point, corners)):
            raise serializers.ValidationError(
                "Give corners as lng,lat with ; between them: 103.8,1.2;103.9,1.2;103.9,1.3."
            )
        ring = [(corner[0], corner[1]) for corner in corners]
        if len(ring) > 1 and ring[0] == ring[-1]:
            ring.pop()
        if len(ring) > MOST_CORNERS:
            raise serializers.ValidationError(f"A polygon has at most {MOST_CORNERS} corners.")
        if problem := polygon_problem(ring):
            raise serializers.ValidationError(problem)
        return tuple(ring)


def _is_point(pair: tuple[float, ...]) -> bool:
    return len(pair) == 2 and abs(pair[0]) <= 180 and abs(pair[1]) <= 90  # noqa: PLR2004
