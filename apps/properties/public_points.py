"""Where a listing is, told twice: exactly, and as everybody sees it. Everything that is public is
made of the second alone: maps, searches, distances, the middle of a city.

The public point is the exact one moved by less than 250 m, anywhere in that circle with the same
chance. It is stored, so a new SECRET_KEY moves nothing.
"""

import hashlib
import hmac
import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from bson import ObjectId
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from apps.common.geo import EARTH_RADIUS_KM, distance_km
from apps.properties.rows import ExactPlaceRow, ListingRow, LocationRow, PointRow

# With the rounding of the point it stays below 250 m.
REACH_KM = 0.249
DECIMALS = 5
# Degrees: what a host has within one of these squares counts as one building.
SQUARE = 0.005
# The share of the offset that neighbours of one host do not have in common.
OWN_SHARE = 0.25
_FULL = 2**64


class Places(NamedTuple):
    """What is stored of a place: `location` is public."""

    exact: ExactPlaceRow
    location: LocationRow


def places_of(
    place: Mapping[str, Any],
    *,
    listing_id: ObjectId,
    host_id: ObjectId,
    before: ListingRow | None = None,
) -> Places:
    """Splits a place as its host names it, with `address`, `area` and the exact `coordinates`.

    The public point of `before`, the stored listing, stays while it is within reach of the exact
    one: a host who corrects theirs by some metres shows no second point to take an average with.
    """
    exact = _pair(place["coordinates"]["coordinates"])
    point = _kept(before, exact) or moved(exact, listing_id=listing_id, host_id=host_id)
    return Places(
        ExactPlaceRow(address=place.get("address") or "", coordinates=_point(exact)),
        LocationRow(
            area=place.get("area") or "",
            city=place["city"],
            state=place.get("state") or "",
            country=place["country"],
            coordinates=_point(point),
        ),
    )


def moved(
    exact: tuple[float, float], *, listing_id: ObjectId, host_id: ObjectId
) -> tuple[float, float]:
    """Returns the public point of an exact (longitude, latitude).

    Most of the offset is common to what one host has in one building. With offsets of their own the
    middle of thirty flats would be the building; with one offset for all, nobody could take two of
    them for different houses.
    """
    lng, lat = exact
    square = f"{math.floor(lng / SQUARE)}:{math.floor(lat / SQUARE)}"
    common = _shares(f"building:{host_id}:{square}")
    own = _shares(f"listing:{listing_id}:{lng!r}:{lat!r}")
    far, turn = ((c + OWN_SHARE * o) % 1 for c, o in zip(common, own, strict=True))
    return _away(exact, km=REACH_KM * math.sqrt(far), bearing=2 * math.pi * turn)


def _kept(before: ListingRow | None, exact: tuple[float, float]) -> tuple[float, float] | None:
    if before is None or not before.get("exact"):
        return None
    point = _pair(before["location"]["coordinates"]["coordinates"])
    return point if distance_km(point, exact) <= REACH_KM else None


def _shares(text: str) -> tuple[float, float]:
    """Returns two numbers in [0, 1) that follow from the text and the key."""
    digest = hmac.digest(_key(settings.SECRET_KEY), text.encode(), hashlib.sha256)
    return (
        int.from_bytes(digest[:8]) / _FULL,
        int.from_bytes(digest[8:16]) / _FULL,
    )


@cache
def _key(secret: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"public points of listings")
    return bytes(derive.derive(secret.encode()))


def _away(start: tuple[float, float], *, km: float, bearing: float) -> tuple[float, float]:
    """Goes from a point along a great circle; `bearing` is radians from north to east."""
    lng, lat, angle = math.radians(start[0]), math.radians(start[1]), km / EARTH_RADIUS_KM
    sine = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing)
    east = math.sin(bearing) * math.sin(angle) * math.cos(lat)
    north = math.cos(angle) - math.sin(lat) * sine
    reached = math.degrees(lng + math.atan2(east, north))
    around = (reached + 180) % 360 - 180
    return round(around, DECIMALS), round(math.degrees(math.asin(min(1.0, sine))), DECIMALS)


def _pair(coordinates: Sequence[float]) -> tuple[float, float]:
    lng, lat = coordinates
    return float(lng), float(lat)


def _point(pair: tuple[float, float]) -> PointRow:
    return PointRow(type="Point", coordinates=list(pair))
