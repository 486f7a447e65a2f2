"""Amounts of a listing are such as somebody can pay, and its zone is one that browsers know."""

import pytest

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
    assert stored(listing_id)["price_per_night"] == 1_210_000


@pytest.mark.parametrize("zone", ["localtime", "Factory", "posixrules", "Mars/Olympus"])
def test_a_time_zone_is_one_that_browsers_know(host, zone):
    reply = host.post("/api/properties", changed(time_zone=zone))
    assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, ["time_zone"])
