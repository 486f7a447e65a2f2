"""An import against bookings of the same nights, and two imports of one home."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from apps.bookings.invariants import breaches
from apps.bookings.rows import bookings
from apps.bookings.services import booking_request
from apps.calendars.rows import calendar_feeds
from apps.calendars.services import feed_add, feed_fetch, nights
from apps.calendars.tests.feeds import calendar, stay
from apps.common.errors import ConflictError
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_row
from apps.properties.rows import night_claims
from apps.properties.services import FEED

DAY = dt.timedelta(days=1)
ROUNDS = 4


@pytest.fixture
def race(site, host, guest, make_listing, today, now):
    """Returns (booked, kinds of the claims on the nights) for each round."""

    def one():
        listing_id = make_listing()
        own = {"listing_id": listing_id, "host_id": host.id, "now": now}
        feed_id = feed_add(**own, name="Elsewhere", url=site.url)
        start = Barrier(2)

        def imports():
            start.wait()
            feed_fetch(feed_id, clock=lambda: now)

        def books():
            start.wait()
            stay = {"check_in": today + 30 * DAY, "check_out": today + 33 * DAY, "guest_count": 1}
            booking_request(guest_id=guest.id, listing_id=listing_id, now=now, **stay)

        with ThreadPoolExecutor(2) as pool:
            done = [pool.submit(imports), pool.submit(books)]
        done[0].result()
        error = done[1].exception()
        assert error is None or isinstance(error, ConflictError)
        kinds = [row["kind"] for row in night_claims.find({"listing_id": listing_id})]
        return bookings.exists({"listing_id": listing_id}), kinds

    site.content = calendar(stay("a", today + 30 * DAY, 3))
    return one


def test_a_night_is_a_bookings_or_a_feeds_and_never_both(race, now):
    for _ in range(ROUNDS):
        is_booked, kinds = race()
        assert kinds == ["booking" if is_booked else "external"] * 3
    assert {name: ids for name, ids in breaches(now=now).items() if ids} == {}


def test_without_the_key_both_would_have_it(race, monkeypatch):
    """The negative control: claims of feeds under a key of their own."""

    def keyed(listing_id, night, *, kind, owner_id):
        assert kind is ClaimKind.EXTERNAL
        row = claim_row(listing_id, night, kind=kind, owner_id=owner_id)
        return {**row, "_id": f"{row['_id']}:{owner_id}"}

    monkeypatch.setattr("apps.properties.services.feed_nights.claim_row", keyed)
    monkeypatch.setattr("apps.properties.services.feed_nights.claims_on", lambda *_, **__: ([], []))
    monkeypatch.setattr(
        "apps.bookings.services.requests.stay_claims", lambda *_arguments, **_options: []
    )
    monkeypatch.setattr("apps.properties.services.nights.claims_on", lambda *_, **__: ([], []))
    found = [race() for _ in range(ROUNDS)]
    assert any(is_booked and "external" in kinds for is_booked, kinds in found)


def _two_imports(site, host, listing_id, today, now):
    """One feed gives a night up while the other takes it; returns who has it."""
    own = {"listing_id": listing_id, "host_id": host.id, "now": now}
    one = feed_add(**own, name="One", url=f"{site.url}?one")
    two = feed_add(**own, name="Two", url=f"{site.url}?two")
    for feed_id in (one, two):
        site.content = calendar(*([stay("a", today + 30 * DAY, 1)] if feed_id == one else []))
        feed_fetch(feed_id, clock=lambda: now)
    row = calendar_feeds.find_one({"_id": one})["events"]
    with ThreadPoolExecutor(2) as pool:
        gives = pool.submit(_write, one, listing_id, [], today, now)
        takes = pool.submit(_write, two, listing_id, row, today, now)
    gives.result()
    takes.result()
    query = {"listing_id": listing_id, "owner_id": {"$regex": f"^{FEED}"}}
    return [row["owner_id"] for row in night_claims.find(query)], f"{FEED}{two}"


def _write(feed_id, listing_id, events, today, now):
    window = nights.window_at("UTC", now)

    def transaction():
        calendar_feeds.update_one({"_id": feed_id}, {"$set": {"events": events}})
        nights.nights_claim_all(listing_id, window, now=now)

    nights.until_decided(transaction)


def test_two_feeds_of_one_home_take_turns(site, host, make_listing, today, now):
    for _ in range(ROUNDS):
        owners, second = _two_imports(site, host, make_listing(), today, now)
        assert owners == [second]
