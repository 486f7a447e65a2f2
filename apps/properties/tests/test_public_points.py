"""The point that everybody sees: near, the same for ever, and good for nothing else."""

import math
from collections import Counter
from random import Random
from statistics import fmean, median

import pytest
from bson import ObjectId

from apps.common.geo import distance_km
from apps.properties import public_points
from apps.properties.public_points import moved, places_of

pytestmark = pytest.mark.unit
HOME = (103.851234, 1.298765)
HOST = ObjectId()


def metres(a, b):
    return distance_km(a, b) * 1000


def ids(count, seed=1):
    pick = Random(seed)
    return [ObjectId(pick.randbytes(12)) for _ in range(count)]


@pytest.fixture(scope="module")
def offsets():
    """Of 20,000 listings of as many hosts: metres to the east and to the north."""
    east, north = (metres(HOME, (HOME[0] + 1e-3, HOME[1])), metres(HOME, (HOME[0], HOME[1] + 1e-3)))
    points = [moved(HOME, listing_id=one, host_id=one) for one in ids(20_000)]
    return [((lng - HOME[0]) * 1e3 * east, (lat - HOME[1]) * 1e3 * north) for lng, lat in points]


def test_every_part_of_the_circle_is_as_likely(offsets):
    """Rings and sectors of one area: 20,000 in 25 rings and 24 sectors."""
    assert max(math.hypot(*one) for one in offsets) < 250
    rings = Counter(int((math.hypot(*one) / 249.6) ** 2 * 25) for one in offsets)
    sectors = Counter(int((math.atan2(*one) + math.pi) / (2 * math.pi) * 24) for one in offsets)
    for counts, parts in ((rings, 25), (sectors, 24)):
        expected = 20_000 / parts
        chi = sum((counts[part] - expected) ** 2 / expected for part in range(parts))
        assert len(counts) <= parts
        # A uniform one is above it once in 10,000 times; the key of the tests is fixed.
        assert chi < 62, counts
    assert math.hypot(fmean(x for x, _ in offsets), fmean(y for _, y in offsets)) < 5


def test_it_follows_from_listing_place_and_key_alone(settings):
    first, second = ids(2)
    point = moved(HOME, listing_id=first, host_id=HOST)
    assert moved(HOME, listing_id=first, host_id=HOST) == point
    assert moved(HOME, listing_id=second, host_id=HOST) != point
    assert moved(HOME, listing_id=first, host_id=ObjectId()) != point
    settings.SECRET_KEY = "another key of this deployment"
    assert moved(HOME, listing_id=first, host_id=HOST) != point


def _middle(points):
    return (fmean(lng for lng, _ in points), fmean(lat for _, lat in points))


def _middles(count=40, buildings=60):
    """How far the middle of a host's flats is from their building, for several buildings."""
    hosts = ids(buildings, seed=2)
    flats = [
        [moved(HOME, listing_id=flat, host_id=host) for flat in ids(count, seed=n)]
        for n, host in enumerate(hosts)
    ]
    return [metres(_middle(points), HOME) for points in flats], flats


def test_the_flats_of_a_building_do_not_give_it_away_together(monkeypatch):
    away, flats = _middles()
    assert median(away) > 100
    # Of 40 on some 12,000 square metres two are on the same one now and then.
    assert min(len(set(points)) for points in flats) > 35, "one offset for several flats"

    monkeypatch.setattr(public_points, "OWN_SHARE", 1.0)
    control, _ = _middles()
    assert median(control) < 40, "offsets of their own should average out"


def _place(lng, lat, **more):
    point = {"type": "Point", "coordinates": [lng, lat]}
    return {
        "address": "1 Marked St",
        "city": "Singapore",
        "country": "SG",
        "coordinates": point,
        **more,
    }


def _stored(places, listing_id):
    return {"_id": listing_id, "host_id": HOST, **places._asdict()}


def test_a_corrected_place_shows_no_second_point():
    listing_id = ObjectId()
    first = places_of(_place(*HOME), listing_id=listing_id, host_id=HOST)
    shown = first.location["coordinates"]["coordinates"]
    pick, before, seen = Random(3), _stored(first, listing_id), {tuple(shown)}
    for _ in range(50):
        lng, lat = (axis + pick.uniform(-5e-5, 5e-5) for axis in HOME)
        places = places_of(_place(lng, lat), listing_id=listing_id, host_id=HOST, before=before)
        before = _stored(places, listing_id)
        seen.add(tuple(places.location["coordinates"]["coordinates"]))
        assert places.exact["coordinates"]["coordinates"] == [lng, lat]
    assert len(seen) <= 2

    far = places_of(
        _place(HOME[0] + 0.1, HOME[1]), listing_id=listing_id, host_id=HOST, before=before
    )
    point = tuple(far.location["coordinates"]["coordinates"])
    assert point not in seen
    assert metres(point, (HOME[0] + 0.1, HOME[1])) < 250


def test_the_public_part_has_no_address():
    places = places_of(_place(*HOME, area="Bugis"), listing_id=ObjectId(), host_id=HOST)
    assert places.location.keys() == {"area", "city", "state", "country", "coordinates"}
    assert (places.location["area"], places.exact["address"]) == ("Bugis", "1 Marked St")


@pytest.mark.parametrize(
    "place", [(180.0, 0.0), (-180.0, -33.0), (0.0, 90.0), (10.0, -90.0), (179.9999, 71.0)]
)
def test_at_the_edges_of_the_map(place):
    for listing_id in ids(200):
        lng, lat = moved(place, listing_id=listing_id, host_id=listing_id)
        assert -180 <= lng <= 180
        assert -90 <= lat <= 90
        assert metres((lng, lat), place) < 250.5
