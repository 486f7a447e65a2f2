"""Amounts of a listing have the decimals of their currency, and its zone is one that browsers
know."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.properties.tests.owned import changed, snapshot, stored

YEN = {"currency": "JPY", "price_per_night": 10_050, "cleaning_fee": 3_000}
SEASON = {"name": "Golden Week", "start": "2027-04-29", "end": "2027-05-06"}


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"price_per_night": 0.5}, ["price_per_night"]),
        ({"price_per_night": 10_050.55, "cleaning_fee": 0.1}, ["price_per_night", "cleaning_fee"]),
        ({"weekend_price": 1.5}, ["weekend_price"]),
        ({"tax_per_person_night": 0.25}, ["tax_per_person_night"]),
        ({"seasons": [{**SEASON, "price_per_night": 99.99}]}, ["seasons"]),
    ],
)
def test_a_currency_without_decimals_has_whole_amounts(host, values, names):
    made = host.post("/api/properties", changed(**YEN)).json()
    path, before = f"/api/properties/{made['id']}", snapshot()
    for reply in (
        host.post("/api/properties", changed(**{**YEN, **values})),
        host.put(path, {"version": 1, **values}),
    ):
        error = reply.json()["error"]
        assert (reply.status_code, error["code"]) == (400, "VALIDATION_ERROR")
        sentence = ["JPY has no decimals: give a whole amount."]
        assert error["fields"] == dict.fromkeys(names, sentence)
    assert snapshot() == before


def test_a_listing_cannot_change_to_a_currency_that_lacks_its_decimals(host, make_listing):
    listing_id = make_listing(price_per_night=12_050)
    path = f"/api/properties/{listing_id}"
    assert host.put(path, {"version": 1, "currency": "JPY"}).status_code == 400
    assert host.put(path, {"version": 1, "title": "A flat"}).status_code == 200
    both = {"version": 2, "currency": "JPY", "price_per_night": 12_100}
    assert host.put(path, both).status_code == 200
    assert stored(listing_id)["price_per_night"] == 12_100


def test_other_amounts_stay_the_same_numbers_in_another_currency(host, make_listing):
    season = {**SEASON, "price_per_night": 250}
    listing_id = make_listing(price_per_night=12_000, cleaning_fee=3_000, weekend_price=None)
    path = f"/api/properties/{listing_id}"
    assert host.put(path, {"version": 1, "seasons": [season]}).status_code == 200
    for version, (currency, factor) in enumerate([("JPY", 1), ("KWD", 1_000), ("EUR", 100)], 2):
        reply = host.put(path, {"version": version, "currency": currency})
        body = reply.json()
        assert (reply.status_code, body["price_per_night"], body["cleaning_fee"]) == (200, 120, 30)
        assert (body["weekend_price"], body["seasons"][0]["price_per_night"]) == (None, 250)
        row = stored(listing_id)
        assert (row["price_per_night"], row["cleaning_fee"]) == (120 * factor, 30 * factor)
        assert row["seasons"][0]["price_per_night"] == 250 * factor
        assert row["seasons"][0]["start"] == dt.datetime(2027, 4, 29)


@pytest.mark.parametrize(
    ("currency", "price", "minor"),
    [
        ("KWD", 12.345, 12_345),
        ("VND", 25_000_000, 25_000_000),
        ("IDR", 25_000_000.5, 2_500_000_050),
        ("EUR", 20_000_000, 2_000_000_000),
        ("JPY", 20_000_000, 20_000_000),
    ],
)
def test_prices_of_each_currency(host, currency, price, minor):
    reply = host.post("/api/properties", changed(currency=currency, price_per_night=price))
    assert (reply.status_code, reply.json()["price_per_night"]) == (201, price)
    assert stored(ObjectId(reply.json()["id"]))["price_per_night"] == minor


@pytest.mark.parametrize(
    ("currency", "price", "sentence"),
    [
        ("EUR", 12.345, "EUR has 2 decimals: give at most 2."),
        ("KWD", 12.3456, "No currency has more than 3 decimals."),
        ("EUR", 20_000_000.01, "Must be at most 20,000,000."),
        ("KWD", 20_000_000.001, "Must be at most 20,000,000."),
        ("JPY", 20_000_001, "Must be at most 20,000,000."),
        ("VND", 20_000_000_001, "Must be at most 20,000,000,000."),
        ("EUR", 0, "Must be more than 0."),
    ],
)
def test_prices_that_no_currency_or_this_one_lacks(host, currency, price, sentence):
    before = snapshot()
    reply = host.post("/api/properties", changed(currency=currency, price_per_night=price))
    assert (reply.status_code, reply.json()["error"]["fields"]) == (
        400,
        {"price_per_night": [sentence]},
    )
    assert snapshot() == before


@pytest.mark.parametrize("zone", ["localtime", "Factory", "posixrules", "Mars/Olympus"])
def test_a_time_zone_is_one_that_browsers_know(host, zone):
    reply = host.post("/api/properties", changed(time_zone=zone))
    assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, ["time_zone"])
