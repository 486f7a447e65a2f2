"""A night is never sold twice. The negative control is the same race without the unique claim."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from apps.bookings.rows import bookings
from apps.events.rows import outbox_messages
from apps.properties.nights import claim_row
from apps.properties.rows import night_claims
from apps.properties.services import nights as services

CLIENTS = 50


@pytest.fixture
def guests(make_person):
    return [make_person() for _ in range(CLIENTS)]


def _ask_at_once(guests, body) -> list:
    barrier = Barrier(len(guests))

    def ask(guest):
        barrier.wait()
        return guest.post("/api/bookings", body)

    with ThreadPoolExecutor(len(guests)) as pool:
        return list(pool.map(ask, guests))


def test_fifty_clients_one_stay(guests, stay):
    replies = _ask_at_once(guests, stay())

    assert Counter(reply.status_code for reply in replies) == {201: 1, 409: 49}
    refused = [reply for reply in replies if reply.status_code == 409]
    assert {reply.json()["error"]["code"] for reply in refused} == {"NIGHTS_TAKEN"}
    assert bookings.count({}) == 1
    assert outbox_messages.count({}) == 1
    assert night_claims.count({}) == 2


@pytest.mark.usefixtures("no_other_guard")
def test_fifty_clients_without_the_unique_claim(guests, stay, monkeypatch):
    """Checking and then inserting in a transaction is not enough."""

    def never_the_same(*night, **claim):
        row = claim_row(*night, **claim)
        return {**row, "_id": f"{row['_id']}#{uuid.uuid4().hex}"}

    monkeypatch.setattr(services, "claim_row", never_the_same)
    sold = 0
    for attempt in range(5):
        night_claims.delete_many({})
        body = stay(guest_count=1 + attempt % 4)
        replies = _ask_at_once(guests, body)
        sold = max(sold, sum(reply.status_code == 201 for reply in replies))
        if sold > 1:
            break
    assert sold > 1


def test_overlapping_stays_at_once_never_share_a_night(guests, stay, today, listing_id):
    import datetime as dt

    first = today + dt.timedelta(days=30)

    def body(number):
        start = first + dt.timedelta(days=number % 5)
        return stay(check_in=str(start), check_out=str(start + dt.timedelta(days=3)))

    barrier = Barrier(CLIENTS)

    def ask(pair):
        barrier.wait()
        return pair[1].post("/api/bookings", body(pair[0])).status_code

    with ThreadPoolExecutor(CLIENTS) as pool:
        statuses = Counter(pool.map(ask, enumerate(guests)))

    assert set(statuses) == {201, 409}
    made = list(bookings.find({}))
    nights = Counter(
        booking["check_in"] + dt.timedelta(days=day) for booking in made for day in range(3)
    )
    assert set(nights.values()) == {1}
    claimed = night_claims.count({"listing_id": listing_id})
    assert claimed == 3 * len(made)


def _change_dates_at_once(people, booking_ids, body) -> Counter:
    barrier = Barrier(len(people))

    def change(pair):
        person, booking_id = pair
        barrier.wait()
        path = f"/api/bookings/{booking_id}"
        return person.http.put(path, body, content_type="application/json").status_code

    with ThreadPoolExecutor(len(people)) as pool:
        return Counter(pool.map(change, zip(people, booking_ids, strict=True)))


def _days(today, first, nights=2) -> dict[str, str]:
    import datetime as dt

    start = today + dt.timedelta(days=first)
    return {"check_in": str(start), "check_out": str(start + dt.timedelta(days=nights))}


def _booked_apart(people, stay, today) -> list[str]:
    replies = [
        person.post("/api/bookings", stay(**_days(today, 40 + 3 * place)))
        for place, person in enumerate(people)
    ]
    return [reply.json()["id"] for reply in replies]


def _sold_twice() -> int:
    stays = Counter(row["check_in"] for row in bookings.find({}))
    return sum(count > 1 for count in stays.values())


def test_guests_who_move_to_the_same_nights_at_once(guests, stay, today):
    people = guests[:12]
    booking_ids = _booked_apart(people, stay, today)

    replies = _change_dates_at_once(people, booking_ids, _days(today, 20))

    assert replies == {200: 1, 409: 11}
    assert _sold_twice() == 0
    claims = list(night_claims.find({}))
    assert len(claims) == 2 * len(people)
    assert Counter(claim["owner_id"] for claim in claims) == dict.fromkeys(booking_ids, 2)
    assert outbox_messages.count({"version": 2}) == 1


@pytest.mark.usefixtures("no_other_guard")
def test_guests_who_move_at_once_without_the_unique_claim(guests, stay, today, monkeypatch):
    def never_the_same(*night, **claim):
        row = claim_row(*night, **claim)
        return {**row, "_id": f"{row['_id']}#{uuid.uuid4().hex}"}

    people = guests[:12]
    booking_ids = _booked_apart(people, stay, today)
    monkeypatch.setattr(services, "claim_row", never_the_same)
    for attempt in range(5):
        _change_dates_at_once(people, booking_ids, _days(today, 20 - 4 * attempt))
        if _sold_twice():
            break
    assert _sold_twice()
