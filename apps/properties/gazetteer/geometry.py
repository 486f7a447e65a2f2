"""Where a place ends. GeoNames has points and people; how dense cities are says the rest."""

import math
from collections.abc import Iterator

from apps.common.geo import square_degree

# People on a square kilometre, what belongs to the smallest place, and to the largest: of a city,
# and of a part of one.
DENSITY, LEAST_KM, MOST_KM = 4_000, 3.0, 40.0
PART_DENSITY, PART_LEAST_KM = 15_000, 1.0
KM_A_DEGREE = 111.2
Box = tuple[float, float, float, float]


def city_radius_km(people: int, *, is_part: bool = False) -> float:
    density, least = (PART_DENSITY, PART_LEAST_KM) if is_part else (DENSITY, LEAST_KM)
    return round(min(MOST_KM, least + math.sqrt(people / (density * math.pi))), 1)


def box_around(lng: float, lat: float, km: float) -> Box:
    """West, south, east, north; west is above east where it lies on the date line."""
    high = km / KM_A_DEGREE
    wide = min(180.0, high / max(math.cos(math.radians(lat)), 0.01))
    south, north = max(-90.0, lat - high), min(90.0, lat + high)
    return (_wrapped(lng - wide), round(south, 4), _wrapped(lng + wide), round(north, 4))


def is_inside(lng: float, lat: float, box: Box) -> bool:
    west, south, east, north = box
    across = west <= lng <= east if west <= east else lng >= west or lng <= east
    return across and south <= lat <= north


def cells_around(lng: float, lat: float) -> Iterator[int]:
    """The squares in which a city can have its middle that reaches to the point."""
    wide = min(90, math.ceil(MOST_KM / KM_A_DEGREE / max(math.cos(math.radians(lat)), 0.01)))
    for north in (-1, 0, 1):
        for east in range(-wide, wide + 1):
            yield square_degree(lng + east, max(-90.0, min(89.9, lat + north)))


def cells_in(box: Box, *, most: int) -> list[int]:
    """The squares that a box lies in, or none of them where they are more than `most`."""
    west, south, east, north = box
    wide = (east - west) % 360 or (360 if east != west else 0)
    columns, rows = math.ceil(wide) + 1, math.floor(north) - math.floor(south) + 1
    if columns * rows > most:
        return []
    lngs = [math.floor(west) + column for column in range(columns)]
    lats = [min(89, math.floor(south) + row) for row in range(rows)]
    return sorted({square_degree(_wrapped(lng), lat) for lng in lngs for lat in lats})


def _wrapped(lng: float) -> float:
    return round((lng + 180) % 360 - 180, 4)
