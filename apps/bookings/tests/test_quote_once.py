"""A quote is good for one booking, of the guest who asked for it."""

from collections import Counter

import pytest

from apps.bookings.rows import bookings
from apps.bookings.services import booking_request
from apps.bookings.tests.holding import PATH as HOLDS
from apps.bookings.tests.test_hold_races import at_once
from apps.common.errors import ConflictError
from apps.payments.rows import payments
from apps.properties.rows import listings, night_claims

PATH = "/api/bookings"


@pytest.fixture
def quoted(stay):
    def ask(client) -> dict:
        return stay(quote_token=client.get(f"{PATH}/quote", stay()).json()["quote_token"])

    return ask


def code(reply):
    return reply.status_code, reply.json().get("error", {}).get("code")


@pytest.mark.usefixtures("sound")
def test_of_its_guest_alone(guest, make_person, quoted, counts):
    body, before = quoted(guest.http), counts()
    other = make_person()
    assert code(other.post(PATH, body)) == (409, "QUOTE_MISMATCH")
    assert code(other.post(HOLDS, body)) == (409, "QUOTE_MISMATCH")
    assert {**counts(), "users": 0} == {**before, "users": 0}
    assert payments.count({}) == 0
    assert guest.post(PATH, body).status_code == 201


@pytest.mark.usefixtures("sound")
def test_what_nobody_asked_for_is_the_first_guests(anonymous, guest, make_person, quoted):
    body, other = quoted(anonymous), make_person()
    held = guest.post(HOLDS, body).json()
    assert code(other.post(PATH, {**body, "quote_token": held["quote_token"]})) == (
        409,
        "QUOTE_MISMATCH",
    )
    booked = guest.post(PATH, {**body, "quote_token": held["quote_token"]})
    assert booked.status_code == 201
    guest.post(f"{PATH}/{booked.json()['id']}/cancel")
    assert code(other.post(PATH, body)) == (409, "QUOTE_USED")


@pytest.mark.usefixtures("sound")
def test_for_one_booking(guest, quoted, listing_id):
    """Else one could book, look for something better and come back to the old price."""
    body = quoted(guest.http)
    booked = guest.post(PATH, body).json()
    assert guest.post(f"{PATH}/{booked['id']}/cancel").status_code == 200
    listings.update_one({"_id": listing_id}, {"$set": {"price_per_night": 99_900}})
    charged = payments.count({})
    assert code(guest.post(PATH, body)) == (409, "QUOTE_USED")
    assert code(guest.post(HOLDS, body)) == (409, "QUOTE_USED")
    assert payments.count({}) == charged
    assert guest.post(PATH, quoted(guest.http)).status_code == 201


@pytest.mark.usefixtures("sound")
def test_a_repeated_call_is_no_second_use(guest, quoted):
    body = quoted(guest.http)
    first, second = (guest.post(PATH, body, idempotency_key="the-same-key") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content


@pytest.mark.usefixtures("sound")
def test_a_refused_booking_uses_nothing_up(guest, quoted, book):
    body = quoted(guest.http)
    taken = book()
    assert code(guest.post(PATH, body)) == (409, "NIGHTS_TAKEN")
    guest.post(f"{PATH}/{taken['_id']}/cancel")
    assert guest.post(PATH, body).status_code == 201


@pytest.mark.usefixtures("sound")
def test_a_hold_again_is_no_second_use(guest, quoted):
    body = quoted(guest.http)
    first, second = (guest.post(HOLDS, body) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    token = second.json()["quote_token"]
    assert guest.post(PATH, {**body, "quote_token": token}).status_code == 201


def _race(guest, body, now, monkeypatch) -> Counter:
    """Six bookings with one quote at once. The nights, which would decide too, are free again as
    soon as they are claimed."""
    from apps.bookings.services import requests

    monkeypatch.setattr(requests, "nights_claim", lambda **_named: None)
    listing_id = next(listings.find({}))["_id"]
    first, last = night_claims_free(body)

    def call():
        try:
            booking_request(
                guest_id=guest.id,
                listing_id=listing_id,
                check_in=first,
                check_out=last,
                guest_count=body["guest_count"],
                quote_token=body["quote_token"],
                now=now,
            )
        except ConflictError as error:
            return error.code
        return "booked"

    return Counter(at_once([call] * 6))


def night_claims_free(body):
    import datetime as dt

    night_claims.delete_many({})
    return dt.date.fromisoformat(body["check_in"]), dt.date.fromisoformat(body["check_out"])


def test_many_bookings_at_once_are_one(guest, quoted, now, monkeypatch):
    assert _race(guest, quoted(guest.http), now, monkeypatch) == {"booked": 1, "QUOTE_USED": 5}


@pytest.mark.usefixtures("no_other_guard")
def test_many_bookings_at_once_without_the_unique_id(guest, quoted, now, monkeypatch):
    rows = bookings.collection
    index = next(index for index in rows.list_indexes() if index["name"] == "quote_once")
    rows.drop_index("quote_once")
    try:
        won = max(_race(guest, quoted(guest.http), now, monkeypatch)["booked"] for _ in range(5))
    finally:
        bookings.delete_many({})
        rows.create_index(
            "quote_id",
            name="quote_once",
            unique=True,
            partialFilterExpression=index["partialFilterExpression"],
        )
    assert won > 1
