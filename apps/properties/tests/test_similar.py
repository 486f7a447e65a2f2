"""Listings that are like one."""

import datetime as dt
from decimal import Decimal

import pytest

from apps.common.exchange import Rates
from apps.properties.models import Capacity
from apps.properties.rows import listings
from apps.properties.selectors.similar import likeness

RATES = Rates(dt.date(2026, 10, 30), {"EUR": Decimal(1), "JPY": Decimal(160)})


def card(*, kind="house", price=10_000, currency="EUR", guests=4, lng=2.35):
    return {
        "property_type": kind,
        "price_per_night": price,
        "currency": currency,
        "capacity": {"max_guests": guests},
        "location": {"coordinates": {"coordinates": [lng, 48.85]}},
    }


@pytest.mark.unit
def test_likeness_falls_with_each_difference():
    def like(**changes):
        return round(likeness(card(**changes), card(), RATES), 3)

    assert like() == 1.0
    assert like(kind="room") == 0.7
    assert like(price=20_000) == like(price=5_000) == 0.85
    assert like(price=40_000) == like(price=900_000) == 0.7
    assert like(price=16_000, currency="JPY") == 1.0
    assert like(price=10_000, currency="KWD") == 0.7
    assert like(guests=6) == 0.9
    assert like(guests=50) == 0.8
    assert 0.8 < like(lng=2.5) < like(lng=2.4) < 1.0


@pytest.fixture
def similar(anonymous, make_listing):
    ids = {
        "home": make_listing(),
        "twin": make_listing(lng=103.851),
        "dearer": make_listing(lng=103.851, price_per_night=24_000),
        "room": make_listing(lng=103.851, property_type="room", price_per_night=24_000),
        "far": make_listing(lng=104.3),
        "small": make_listing(capacity=Capacity(max_guests=2)),
        "hidden": make_listing(is_active=False),
    }
    names = {str(key): name for name, key in ids.items()}

    def get(name="home", **query):
        return anonymous.get(f"/api/properties/{ids[name]}/similar", query)

    def found(name="home", **query):
        return [names[one["id"]] for one in get(name, **query).json()["results"]]

    return ids, get, found


def test_the_likest_come_first_and_others_not_at_all(similar):
    _, get, found = similar
    assert found() == ["twin", "dearer", "room"]
    assert found(guests=1) == ["twin", "small", "dearer", "room"]
    assert found("small") == ["home", "twin", "dearer", "room"]
    pages = [found(page=number, per_page=2) for number in (1, 2, 3)]
    assert pages == [["twin", "dearer"], ["room"], []]
    assert get(per_page=2).json()["pagination"]["total"] == 3
    assert get("hidden").status_code == 404
    first = get().json()["results"][0]
    assert ("stay" in first, first["distance_km"]) == (False, 0.1)


def test_with_dates_they_can_be_booked_at_their_total(similar, anonymous, guest, today):
    ids, get, found = similar
    first = today + dt.timedelta(days=30)
    dates = {"check_in": str(first), "check_out": str(first + dt.timedelta(days=2))}
    asked = {**dates, "guest_count": 2}
    booked = guest.post("/api/bookings", {"listing_id": str(ids["twin"]), **asked})
    assert booked.status_code == 201
    listings.update_one({"_id": ids["room"]}, {"$set": {"min_nights": 3}})
    assert found(**dates, guests=2) == ["small", "dearer"]
    for one in get(**dates, guests=2).json()["results"]:
        quote = anonymous.get("/api/bookings/quote", {"listing_id": one["id"], **asked}).json()
        assert quote["available"]
        assert one["stay"] == {"nights": 2, "total_price": quote["total_price"]}


def test_bad_input_is_named(similar):
    _, get, _ = similar
    for query, name in (
        ({"check_in": "2030-01-01"}, "check_in"),
        ({"check_in": "2030-01-02", "check_out": "2030-01-01"}, "check_out"),
        ({"guests": 0}, "guests"),
        ({"guest": 2}, "guest"),
    ):
        reply = get(**query)
        assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, [name])
