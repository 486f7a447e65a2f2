import datetime as dt
import statistics
from collections import Counter
from itertools import pairwise

import pytest

from apps.properties.load.listings import Load, hosts, listing_of
from apps.properties.load.nights import NIGHTS, claims_of

FIRST = dt.date(2026, 12, 1)
pytestmark = pytest.mark.unit


def made(seed, count):
    load = Load(seed, FIRST)
    return [listing_of(load, host, n) for host in hosts(load, count) for n in host.numbers]


@pytest.fixture(scope="module")
def rows():
    return made(1, 600)


@pytest.fixture(scope="module")
def taken(rows):
    """The days that are taken, of each listing."""
    load = Load(1, FIRST)
    claims = [claims_of(load, number, row["_id"]) for number, row in enumerate(rows)]
    return [[(claim["night"].date() - FIRST).days for claim in each] for each in claims]


def test_same_seed_same_listings_and_a_shorter_load_is_the_beginning_of_a_longer(rows):
    assert made(1, 50) == rows[:50]
    assert made(2, 50) != rows[:50]
    assert [row["_id"] for row in rows] == sorted({row["_id"] for row in rows})


def test_three_in_ten_nights_are_taken_in_runs(taken):
    shares = [len(days) / NIGHTS for days in taken]
    assert 0.27 < statistics.mean(shares) < 0.33
    assert statistics.pstdev(shares) > 0.15
    assert all(days == sorted(set(days)) and set(days) <= set(range(NIGHTS)) for days in taken)
    followed = sum(b == a + 1 for days in taken for a, b in pairwise(days))
    assert followed / sum(map(len, taken)) > 0.7


def test_cities_hosts_and_amenities_are_skewed(rows):
    cities = Counter(row["location"]["city"] for row in rows)
    assert len(cities) > 40
    assert cities.most_common(1)[0][1] > 5 * statistics.median(cities.values())
    of_a_host = Counter(row["host_id"] for row in rows)
    assert statistics.median(of_a_host.values()) == 1
    assert max(of_a_host.values()) > 20
    amenities = Counter(name for row in rows for name in row["amenities"])
    assert amenities["Wifi"] > 500
    assert 0 < amenities["Hot tub"] < 60


def test_listings_are_such_as_the_api_takes(rows):
    for row in rows:
        assert row["price_per_night"] > 0
        assert 1 <= row["min_nights"] <= row["max_nights"] <= 365
        assert 1 <= row["capacity"]["max_guests"] <= 16
        assert row["rating"]["average"] is None or 1 <= row["rating"]["average"] <= 5
        assert row["place_names"]
        assert row["amenity_keys"]
