import datetime as dt

import pytest
from bson import ObjectId

from apps.accounts.rows import preferences
from apps.bookings.quote import quote
from apps.bookings.rows import bookings
from apps.properties.models import Capacity, Rating

URL = "/api/ai/recommendations"


@pytest.fixture
def prefer(guest, now):
    def store(**likes):
        preferences.insert_one({"_id": guest.id, "updated_at": now, **likes})

    return store


@pytest.fixture
def lisbon(make_listing):
    def make(**fields):
        return make_listing(city="Lisbon", lat=38.71, lng=-9.14, currency="EUR", **fields)

    return make


@pytest.fixture
def stayed(book, now):
    def make(*, days, status="completed"):
        booking = book(days=days, at=now - dt.timedelta(days=90))
        changes = {"$set": {"status": status}}
        bookings.update_one({"_id": booking["_id"]}, changes)

    return make


def rows(reply):
    assert reply.status_code == 200
    return reply.json()["results"]


def ids(reply):
    return [row["listing"]["id"] for row in rows(reply)]


def test_without_any_knowledge_the_best_rated(guest, make_listing):
    poor = make_listing(rating=Rating(average=3.0, count=30))
    good = make_listing(rating=Rating(average=4.9, count=30))
    reply = guest.get(URL)
    assert reply.json()["personalized"] is False
    assert ids(reply) == [str(good), str(poor)]
    first, second = rows(reply)
    assert first["reasons"] == ["Rated 4.90 out of 5 in 30 reviews."]
    assert second["reasons"] == []
    assert first["total_price"] is None
    assert first["currency"] == "SGD"


def test_reasons_are_true(guest, make_listing, lisbon, stayed, prefer):
    house = lisbon(property_type="house", amenities=["Pool", "Wifi"], price_per_night=9_000)
    here = make_listing()
    stayed(days=-20)
    prefer(
        property_types=["house"],
        amenities=["pool", "Sauna"],
        max_price_per_night=10_000,
        currency="EUR",
        guests=2,
    )
    reply = guest.get(URL)
    assert reply.json()["personalized"] is True
    reasons = {row["listing"]["id"]: row["reasons"] for row in rows(reply)}
    assert reasons[str(house)] == [
        "Has pool, which you like.",
        "Is a house, as you prefer.",
        "Within your limit of 100.00 EUR a night.",
    ]
    assert reasons[str(here)] == ["You stayed in Singapore before."]
    assert all(0 <= row["score"] <= 1 for row in rows(reply))


@pytest.mark.parametrize(
    ("days", "status", "reasons"),
    [
        (-20, "completed", ["You stayed in Singapore before."]),
        (-20, "pending", []),
        (-20, "cancelled", []),
        (20, "pending", ["You plan a stay in Singapore."]),
        (20, "confirmed", ["You plan a stay in Singapore."]),
        (20, "declined", []),
    ],
)
def test_stays_alone_make_it_personal(guest, lisbon, listing_id, stayed, days, status, reasons):
    elsewhere = lisbon()
    stayed(days=days, status=status)
    reply = guest.get(URL)
    assert reply.json()["personalized"] is bool(reasons)
    found = {row["listing"]["id"]: row["reasons"] for row in rows(reply)}
    assert found == {str(listing_id): reasons, str(elsewhere): []}
    if reasons:
        assert ids(reply)[0] == str(listing_id)


def test_with_dates_only_what_is_free_at_its_total(guest, make_listing, listing_id, book, now):
    free = make_listing()
    booked = book(days=20, nights=2)
    start, end = booked["check_in"].date(), booked["check_out"].date()
    reply = guest.get(URL, check_in=start, check_out=end, guests=2)
    assert ids(reply) == [str(free)]
    row = rows(reply)[0]
    now_costs = quote(
        listing_id=ObjectId(row["listing"]["id"]),
        check_in=start,
        check_out=end,
        guest_count=2,
        now=now,
    )
    assert now_costs.available
    assert row["total_price"] == now_costs.total_price


def test_room_for_everybody_and_the_limit(guest, make_listing, prefer):
    big = make_listing(capacity=Capacity(max_guests=6))
    for _ in range(3):
        make_listing()
    assert ids(guest.get(URL, guests=5)) == [str(big)]
    assert len(ids(guest.get(URL, limit=2))) == 2
    prefer(guests=6)
    assert ids(guest.get(URL)) == [str(big)]


def test_withdrawn_listings_are_not_recommended(guest, make_listing):
    make_listing(is_active=False)
    assert ids(guest.get(URL)) == []


@pytest.mark.parametrize(
    "query",
    [
        {"check_in": "2027-01-01"},
        {"check_in": "2027-01-02", "check_out": "2027-01-01"},
        {"guests": 0},
        {"limit": 21},
        {"limit": "many"},
    ],
)
def test_bad_input_is_explained(guest, query):
    reply = guest.get(URL, **query)
    assert reply.status_code == 400
    assert reply.json()["error"]["fields"]


def test_dates_that_nobody_can_book_find_nothing(guest, listing_id, today):
    past = today - dt.timedelta(days=9)
    assert ids(guest.get(URL, check_in=past, check_out=today)) == []


def test_who_may_ask(anonymous, host):
    assert anonymous.get(URL).status_code == 401
    assert host.get(URL).status_code == 403
