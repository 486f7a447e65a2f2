"""Reads which changes searches of an area have seen. The globe is divided into cells of one degree:
a change is noted for the cells of its listings, before and after it."""

import math
from collections.abc import Collection
from hashlib import blake2b

from apps.common.geo import LngLat, square_degree
from apps.properties.rows import search_changes

# The cell that is part of every area.
EVERYWHERE = -1
MOST_CELLS = 100
# Where more has changed within a minute, nothing is worth keeping.
MOST_CHANGES = 500
TOKEN_BYTES = 12
METRES_A_DEGREE = 111_000
ROUND = 360
POLE = 90


def cell_of(point: LngLat) -> int:
    """The pole belongs to the cell below it."""
    lng, lat = point
    return square_degree(lng, min(lat, POLE - 1))


def cells_around(centre: LngLat, metres: float) -> frozenset[int] | None:
    """Returns the cells that the circle may touch; None for all of them, where they are many."""
    lng, lat = centre
    height = metres / METRES_A_DEGREE
    south, north = math.floor(lat - height), math.floor(lat + height)
    if south < -POLE or north >= POLE:
        return None
    narrowest = min(math.cos(math.radians(edge)) for edge in (south, north + 1))
    width = height / narrowest if narrowest > 0 else ROUND
    west, east = math.floor(lng - width), math.floor(lng + width)
    if (east - west + 1) * (north - south + 1) > MOST_CELLS:
        return None
    return frozenset(
        cell_of((column, row))
        for column in range(west, east + 1)
        for row in range(south, north + 1)
    )


def changes_seen(cells: Collection[int] | None) -> bytes | None:
    """Returns a token of all changes of the last minute that concern these cells, or any. Another
    token means another answer may be right; None that there are too many to tell.

    All of them and not the last: transactions become visible in another order than they began.
    """
    query = {} if cells is None else {"cell": {"$in": [EVERYWHERE, *cells]}}
    found = search_changes.find(query, {"_id": 1}).limit(MOST_CHANGES + 1)
    ids = sorted(row["_id"].binary for row in found)
    if len(ids) > MOST_CHANGES:
        return None
    return blake2b(b"".join(ids), digest_size=TOKEN_BYTES).digest()
