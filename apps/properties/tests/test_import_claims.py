"""An import never takes a night from somebody who has it here."""

import datetime as dt
import threading
from contextlib import suppress

import pytest
from django.db import connection

from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.imports import claims
from apps.properties.imports.claims import claims_replace
from apps.properties.rows import night_claims
from apps.properties.services import NightsTakenError, nights_claim

OWNER = "import:test"


@pytest.fixture
def nights(today):
    return [today + dt.timedelta(days=day) for day in range(10, 15)]


def owners(listing_id):
    found = night_claims.find({"listing_id": listing_id}).sort("night")
    return [(claim["night"].date(), claim["kind"], claim["owner_id"]) for claim in found]


def book(listing_id, night, now, kind=ClaimKind.BOOKING, owner_id="booking-1", **more):
    def transaction():
        nights_claim(
            listing_id=listing_id,
            check_in=night,
            check_out=night + dt.timedelta(days=1),
            kind=kind,
            owner_id=owner_id,
            now=now,
            **more,
        )

    mongo.run_in_transaction(transaction)


def test_the_set_is_replaced(listing_id, nights):
    claims_replace({listing_id: nights[:3]}, owner_id=OWNER)
    outcome = claims_replace({listing_id: nights[2:]}, owner_id=OWNER)
    assert outcome == {"created": 2, "unchanged": 1, "removed": 2, "kept by others": 0}
    assert owners(listing_id) == [(night, "external", OWNER) for night in nights[2:]]


@pytest.mark.parametrize("kind", ["booking", "hold", "block", "external"])
def test_claims_of_others_survive(listing_id, nights, now, kind):
    book(listing_id, nights[1], now, kind=ClaimKind(kind), owner_id="somebody")
    outcome = claims_replace({listing_id: nights[:3]}, owner_id=OWNER)
    assert outcome["kept by others"] == 1
    assert owners(listing_id)[1] == (nights[1], kind, "somebody")
    claims_replace({listing_id: []}, owner_id=OWNER)
    assert owners(listing_id) == [(nights[1], kind, "somebody")]


def test_a_night_that_only_prepares_a_stay_is_taken(listing_id, nights, now):
    book(listing_id, nights[0], now, prep_nights=2)
    outcome = claims_replace({listing_id: nights[:2]}, owner_id=OWNER)
    assert outcome == {"created": 1, "unchanged": 0, "removed": 0, "kept by others": 1}
    assert owners(listing_id) == [
        (nights[0], "booking", "booking-1"),
        (nights[1], "external", OWNER),
        (nights[2], "prep", "booking-1"),
    ]


def test_a_hold_that_ran_out_is_taken(listing_id, nights, now):
    book(listing_id, nights[0], now, kind=ClaimKind.HOLD, expires_at=now)
    kept = claims_replace({listing_id: nights[:1]}, owner_id=OWNER)
    taken = claims_replace({listing_id: nights[:1]}, owner_id=OWNER, now=now)
    assert (kept["kept by others"], taken["created"]) == (1, 1)
    assert owners(listing_id) == [(nights[0], "external", OWNER)]


def test_twin_with_the_guard_off_loses_the_booking(listing_id, nights, now, monkeypatch):
    monkeypatch.setattr(claims, "is_ours", lambda *_: True)
    book(listing_id, nights[1], now)
    claims_replace({listing_id: [nights[0]]}, owner_id=OWNER)
    assert owners(listing_id) == [(nights[0], "external", OWNER)]


def test_a_booking_that_comes_in_between_wins(listing_id, nights, now, monkeypatch):
    """The booking commits after the import has read the claims and before it writes its own."""
    claims_replace({listing_id: [nights[4]]}, owner_id=OWNER)
    looks = []

    def booked_meanwhile(claim, owner_id):
        if not looks:
            thread = threading.Thread(target=_book_elsewhere, args=(listing_id, nights[1], now))
            thread.start()
            thread.join()
        looks.append(claim["_id"])
        return claim["owner_id"] == owner_id

    monkeypatch.setattr(claims, "is_ours", booked_meanwhile)
    outcome = claims_replace({listing_id: nights[:3]}, owner_id=OWNER)
    assert outcome == {"created": 2, "unchanged": 0, "removed": 1, "kept by others": 1}
    assert owners(listing_id) == [
        (nights[0], "external", OWNER),
        (nights[1], "booking", "booking-1"),
        (nights[2], "external", OWNER),
    ]
    assert len(looks) > 2


def _book_elsewhere(listing_id, night, now):
    try:
        book(listing_id, night, now)
    finally:
        connection.close()


def test_bookings_and_imports_at_once(listing_id, today, now):
    days = [today + dt.timedelta(days=day) for day in range(20, 60)]
    won = []

    def booker():
        for day in days[::2]:
            with suppress(NightsTakenError):
                book(listing_id, day, now, owner_id=f"booking-{day}")
                won.append(day)
        connection.close()

    def importer():
        for turn in range(12):
            claims_replace({listing_id: days[turn % 3 :: 3]}, owner_id=OWNER)
        connection.close()

    threads = [threading.Thread(target=target) for target in (booker, importer, importer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = {day for day, kind, _ in owners(listing_id) if kind == "booking"}
    assert won
    assert held == set(won)
