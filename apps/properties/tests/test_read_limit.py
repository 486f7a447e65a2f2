"""What one address may read in a minute, and what a search costs of it."""

import pytest

from apps.common import rate_limits
from apps.common.network import network_of
from apps.common.pagination import Page
from apps.properties.search import Criteria, search_cost

SEARCH = "/api/properties/search"
HERE = {"lat": 1.3, "lng": 103.8}
POINT = Criteria(point=(103.8, 1.3))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("criteria", "page", "cost"),
    [
        (POINT, 1, 1),
        (POINT, 5, 1),
        (POINT, 6, 2),
        (POINT, 5_000, 11),
        (Criteria(point=(103.8, 1.3), radius_m=200_000), 1, 5),
        (Criteria(bbox=(103, 1, 104, 2)), 1, 1),
        (Criteria(bbox=(-180, -90, 180, 90)), 1, 5),
        (Criteria(bbox=(179, 0, -179, 1)), 1, 1),
        (Criteria(location="singapore"), 1, 5),
        (Criteria(), 1, 5),
    ],
)
def test_a_search_counts_for_what_it_reads(criteria, page, cost):
    assert search_cost(criteria, Page(number=page)) == cost


@pytest.mark.unit
@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_network_is_one_caller(address, network):
    assert network_of(address) == network


def test_above_the_limit_an_address_waits_and_others_do_not(anonymous, listing_id, settings, stay):
    settings.RATE_LIMIT_READS = "3/minute"
    path = f"/api/properties/{listing_id}"
    statuses = [anonymous.get(path).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    for refused in (
        anonymous.get(path),
        anonymous.get("/api/properties"),
        anonymous.get(SEARCH, HERE),
        anonymous.get("/api/bookings/quote", stay()),
    ):
        assert refused.status_code == 429
        assert refused.json()["error"]["code"] == "RATE_LIMITED"
        assert 1 <= int(refused["Retry-After"]) <= 60
    assert anonymous.head(path).status_code == 429
    assert anonymous.get(path, REMOTE_ADDR="2001:db8::1").status_code == 200


def test_a_dear_search_uses_more_of_it(anonymous, settings):
    settings.RATE_LIMIT_READS = "6/minute"
    world = {"bbox": "-180,-90,180,90"}
    assert [anonymous.get(SEARCH, world).status_code for _ in range(2)] == [200, 429]
    near = [anonymous.get(SEARCH, HERE, REMOTE_ADDR="203.0.113.9").status_code for _ in range(7)]
    assert near == [200] * 6 + [429]


def test_a_network_of_ipv6_is_counted_as_one(anonymous, listing_id, settings):
    settings.RATE_LIMIT_READS = "2/minute"
    addresses = [f"2001:db8:0:1::{number}" for number in range(1, 4)]
    path = f"/api/properties/{listing_id}"
    statuses = [anonymous.get(path, REMOTE_ADDR=address).status_code for address in addresses]
    assert statuses == [200, 200, 429]


def test_writes_count_as_the_owners_calls(host, anonymous, listing_id, settings):
    settings.RATE_LIMIT_READS = "1/minute"
    path = f"/api/properties/{listing_id}"
    assert anonymous.get(path).status_code == 200
    changed = host.put(path, {"title": "Another", "version": 1})
    assert changed.status_code == 200


def test_without_redis_reads_go_on(anonymous, listing_id, settings):
    settings.RATE_LIMIT_READS = "1/minute"
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    statuses = [anonymous.get(f"/api/properties/{listing_id}").status_code for _ in range(3)]
    assert statuses == [200] * 3


def granted(processes, rate, calls, monkeypatch):
    """How many of the calls, made by each process in turn, are let through."""
    found = 0
    for number in range(calls):
        monkeypatch.setattr(rate_limits, "_ahead", processes[number % len(processes)])
        found += rate_limits.hit_ahead(rate, "test", "one")
    return found


def test_units_that_are_counted_ahead_are_units_of_the_rate(database, monkeypatch):
    assert granted([rate_limits._Ahead()], "600/minute", 700, monkeypatch) == 600


def test_processes_that_count_ahead_grant_no_more_than_the_rate(database, monkeypatch):
    processes = [rate_limits._Ahead() for _ in range(3)]
    assert 600 - 3 * 2 <= granted(processes, "600/minute", 700, monkeypatch) <= 600


@pytest.mark.unit
def test_units_counted_ahead_are_lost_after_some_seconds(monkeypatch):
    ahead, clock = rate_limits._Ahead(), [100.0]
    monkeypatch.setattr(rate_limits.time, "monotonic", lambda: clock[0])
    one, other = ("3000/minute", "reads", "a"), ("3000/minute", "reads", "b")
    ahead.add(one, 10)
    assert [ahead.use(one, 4), ahead.use(one, 4), ahead.use(one, 4)] == [True, True, False]
    assert not ahead.use(other, 1)
    clock[0] += rate_limits.AHEAD_SECONDS + 0.1
    assert not ahead.use(one, 1)
