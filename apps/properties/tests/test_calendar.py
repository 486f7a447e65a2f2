"""The calendar: each night's price, and what a stay from there must be."""

import datetime as dt

import pytest

from apps.properties.rows import listings
from apps.properties.tests.test_pricing import season

FRIDAY = 4


@pytest.fixture
def read(anonymous, listing_id):
    def get(start, days, **terms):
        if terms:
            listings.update_one({"_id": listing_id}, {"$set": terms})
        query = {"from": str(start), "to": str(start + dt.timedelta(days=days))}
        return anonymous.get(f"/api/properties/{listing_id}/calendar", query).json()

    return get


def flags(nights, name):
    return [night[name] for night in nights]


def test_each_night_has_its_price_and_lengths(read, today):
    start = today + dt.timedelta(days=60)
    monday = start - dt.timedelta(days=start.weekday())
    fair = season(
        "Fair", monday + dt.timedelta(days=5), 2, price_per_night=20_000, min_nights=3, max_nights=5
    )
    stored = {
        **fair,
        **{name: dt.datetime.combine(fair[name], dt.time()) for name in ("start", "end")},
    }
    shown = read(monday, 7, weekend_price=15_000, min_nights=2, max_nights=9, seasons=[stored])
    assert shown["currency"] == "SGD"
    nights = shown["nights"]
    assert flags(nights, "night") == [str(monday + dt.timedelta(days=day)) for day in range(7)]
    assert flags(nights, "price") == [120.0] * 4 + [150.0, 200.0, 200.0]
    assert flags(nights, "min_nights") == [2] * 5 + [3, 3]
    assert flags(nights, "max_nights") == [9] * 5 + [5, 5]
    assert flags(nights, "is_free") == [True] * 7


def test_stays_begin_and_end_on_the_days_of_the_rules(read, today):
    start = today + dt.timedelta(days=60)
    monday = start - dt.timedelta(days=start.weekday())
    nights = read(monday, 7, check_in_days=[FRIDAY], check_out_days=[0, FRIDAY])["nights"]
    assert flags(nights, "check_in") == [day == FRIDAY for day in range(7)]
    assert flags(nights, "check_out") == [day in {0, FRIDAY} for day in range(7)]


def test_no_stay_begins_too_early_or_too_late_or_on_a_taken_night(read, today, guest, stay):
    first = dt.date.fromisoformat(stay()["check_in"])
    guest.post("/api/bookings", stay())
    nights = read(first - dt.timedelta(days=1), 4)["nights"]
    assert flags(nights, "is_free") == flags(nights, "check_in") == [True, False, False, True]
    local = today + dt.timedelta(days=40)
    offset = (local - today).days
    nights = read(local, 5, lead_days=offset + 2, window_days=offset + 3)["nights"]
    begin = flags(nights, "check_in")
    assert sum(begin) == 2
    assert flags(nights, "is_free") == [True] * 5


def test_what_is_over_is_not_free(read, today):
    nights = read(today - dt.timedelta(days=10), 5)["nights"]
    assert flags(nights, "is_free") == flags(nights, "check_in") == [False] * 5


def test_a_withdrawn_listing_has_no_calendar(anonymous, make_listing):
    listing_id = make_listing(is_active=False)
    query = {"from": "2030-01-01", "to": "2030-01-02"}
    assert anonymous.get(f"/api/properties/{listing_id}/calendar", query).status_code == 404
