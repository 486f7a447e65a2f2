"""Owners block nights and free them. The race's negative control lacks the unique claim."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_row
from apps.properties.rows import night_claims
from apps.properties.services import nights as night_services
from apps.properties.services import nights_claim


@pytest.fixture
def day(today):
    def at(number):
        return str(today + dt.timedelta(days=number))

    return at


@pytest.fixture
def span(day):
    return lambda first, last: {"start": day(first), "end": day(last)}


@pytest.fixture
def put(host, listing_id):
    def send(person=host, listing=listing_id, **body):
        path = f"/api/owner/availability/{listing}"
        return person.http.put(path, body, content_type="application/json")

    return send


@pytest.fixture
def claim(listing_id, today, now):
    def make(first, last, kind, owner_id="other"):
        mongo.run_in_transaction(
            lambda: nights_claim(
                listing_id=listing_id,
                check_in=today + dt.timedelta(days=first),
                check_out=today + dt.timedelta(days=last),
                kind=kind,
                owner_id=owner_id,
                now=now,
            )
        )

    return make


def _claims():
    found = night_claims.find({}).sort("_id")
    return [(str(row["night"].date()), row["kind"]) for row in found]


def _error(response):
    return response.status_code, response.json()["error"]["code"]


def test_blocking_and_freeing(put, host, listing_id, day, span):
    blocked = put(block=[span(10, 13), span(15, 16)])
    assert blocked.status_code == 200
    assert blocked.json() == {
        "listing_id": str(listing_id),
        "from": day(10),
        "to": day(16),
        "nights": [
            {"night": day(n), "kind": "block", "booking_id": None} for n in (10, 11, 12, 15)
        ],
    }
    after = put(block=[span(20, 21)], free=[span(11, 12)]).json()
    assert [night["night"] for night in after["nights"]] == [day(12), day(15), day(20)]
    assert (after["from"], after["to"]) == (day(11), day(21))
    read = host.get(f"/api/owner/availability/{listing_id}", **{"from": day(0), "to": day(15)})
    assert [night["night"] for night in read.json()["nights"]] == [day(10), day(12)]


def test_repeating_changes_nothing(put, span):
    first = put(block=[span(10, 12)])
    stored = list(night_claims.find({}))
    assert put(block=[span(10, 12), span(11, 12)]).json() == first.json()
    assert list(night_claims.find({})) == stored
    assert put(free=[span(20, 22)]).status_code == 200
    assert list(night_claims.find({})) == stored


def test_blocked_nights_cannot_be_booked(put, span, day, guest, stay):
    put(block=[span(10, 12)])
    refused = guest.post("/api/bookings", stay(check_in=day(11), check_out=day(14)))
    assert _error(refused) == (409, "NIGHTS_TAKEN")
    put(free=[span(11, 12)])
    wanted = stay(check_in=day(11), check_out=day(14))
    assert guest.post("/api/bookings", wanted).status_code == 201


def test_a_booking_in_the_way_is_named_and_nothing_changes(put, span, day, book, counts):
    put(block=[span(5, 6)])
    booking = book(days=10, nights=3)
    before, claims = counts(), _claims()
    for body in (
        {"block": [span(4, 11)], "free": [span(20, 21)]},
        {"block": [span(7, 8)], "free": [span(5, 6), span(12, 14)]},
    ):
        response = put(**body)
        assert _error(response) == (409, "NIGHTS_BOOKED")
        assert response.json()["error"]["details"] == {
            "bookings": [{"id": str(booking["_id"]), "check_in": day(10), "check_out": day(13)}]
        }
        assert (counts(), _claims()) == (before, claims)


def test_the_calendar_says_which_booking(host, listing_id, book, day):
    booking = book(days=10, nights=1)
    path = f"/api/owner/availability/{listing_id}"
    nights = host.get(path, **{"from": day(0), "to": day(30)}).json()["nights"]
    assert nights == [{"night": day(10), "kind": "booking", "booking_id": str(booking["_id"])}]


def test_another_calendars_nights_stay(put, span, claim, day):
    claim(10, 12, ClaimKind.EXTERNAL)
    before = _claims()
    assert _error(put(free=[span(8, 11)], block=[span(20, 21)])) == (409, "EXTERNAL_NIGHTS")
    assert _claims() == before
    assert put(block=[span(9, 11)]).status_code == 200
    assert _claims() == [(day(9), "block"), (day(10), "external"), (day(11), "external")]


def test_an_expired_hold_is_in_nobodys_way(put, span, listing_id, today, now):
    row = claim_row(
        listing_id,
        today + dt.timedelta(days=10),
        kind=ClaimKind.HOLD,
        owner_id="x",
        expires_at=now - dt.timedelta(seconds=1),
    )
    night_claims.insert_one(row)
    assert put(block=[span(10, 11)]).status_code == 200
    assert [kind for _, kind in _claims()] == ["block"]


def test_bad_input_changes_nothing(put, span, day, counts):
    before = counts()
    bad = {
        "nothing": {},
        "empty lists": {"block": [], "free": []},
        "the past": {"block": [span(-3, 2)]},
        "far ahead": {"block": [span(700, 735)]},
        "reversed": {"block": [span(12, 10)]},
        "no nights": {"block": [span(10, 10)]},
        "both at once": {"block": [span(10, 12)], "free": [span(11, 13)]},
        "no list": {"block": span(10, 12)},
        "an operator": {"block": [{"start": {"$gt": ""}, "end": day(12)}]},
        "unknown fields": {"block": [{**span(10, 12), "kind": "external"}]},
        "too many": {"block": [span(10, 12)] * 101},
        "too long": {"free": [span(1, 3000)]},
    }
    statuses = {name: put(**body).status_code for name, body in bad.items()}
    assert statuses == dict.fromkeys(bad, 400)
    assert counts() == before
    assert _error(put(block=[span(-3, 2)])) == (400, "PAST_DATE")
    assert _error(put(block=[span(700, 735)])) == (400, "TOO_FAR_AHEAD")


def test_only_the_listings_owner(put, make_person, guest, span, day, listing_id, host):
    stranger = make_person("owner")
    assert _error(put(stranger, block=[span(10, 12)])) == (404, "NOT_FOUND")
    assert _error(put(guest, block=[span(10, 12)])) == (403, "WRONG_USER_TYPE")
    assert put(listing="0" * 24, block=[span(10, 12)]).status_code == 404
    path, query = f"/api/owner/availability/{listing_id}", {"from": day(0), "to": day(9)}
    assert stranger.get(path, **query).status_code == 404
    assert host.get(path).status_code == 400
    assert host.get(path, **{"from": day(0), "to": day(900)}).status_code == 400
    assert _claims() == []


RIVALS = 12


def _block_and_book_at_once(put, guests, span, stay, day, first):
    """Several times the owner's block among the guests' requests of the same three nights."""
    barrier = Barrier(len(guests) + 4)
    body = stay(check_in=day(first), check_out=day(first + 3))

    def ask(guest):
        barrier.wait()
        return guest.post("/api/bookings", body).status_code == 201

    def block(_):
        barrier.wait()
        return put(block=[span(first, first + 3)])

    with ThreadPoolExecutor(len(guests) + 4) as pool:
        blocks = pool.map(block, range(4))
        booked = sum(pool.map(ask, guests))
        return booked, list(blocks)


@pytest.fixture
def guests(make_person):
    return [make_person() for _ in range(RIVALS)]


def test_a_block_and_a_booking_never_share_a_night(put, guests, span, stay, day):
    for first in (20, 30, 40):
        booked, blocks = _block_and_book_at_once(put, guests, span, stay, day, first)
        statuses = {reply.status_code for reply in blocks}
        assert (booked, statuses) in [(1, {409}), (0, {200})]
        for reply in blocks:
            if reply.status_code == 409:
                assert _error(reply) == (409, "NIGHTS_BOOKED")
                assert len(reply.json()["error"]["details"]["bookings"]) == 1
    assert night_claims.count({}) == 9


@pytest.mark.usefixtures("claims_alone")
def test_without_the_unique_claim_they_do(put, guests, span, stay, day, monkeypatch):
    def never_the_same(*night, **claim):
        row = claim_row(*night, **claim)
        return {**row, "_id": f"{row['_id']}#{uuid.uuid4().hex}"}

    monkeypatch.setattr(night_services, "claim_row", never_the_same)
    for first in range(20, 220, 5):
        booked, blocks = _block_and_book_at_once(put, guests, span, stay, day, first)
        if booked and 200 in {reply.status_code for reply in blocks}:
            return
    raise AssertionError("the negative control never showed the race")
