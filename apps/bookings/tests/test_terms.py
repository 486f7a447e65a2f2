"""The terms that a guest agreed to when they booked."""

import pytest

from apps.bookings.rows import bookings
from apps.texts.enums import Kind
from apps.texts.services import text_publish


@pytest.fixture(autouse=True)
def second_version(host, now):
    text_publish(kind=Kind.TERMS, body="# Two", author_id=host.id, now=now)


def test_a_booking_names_the_terms_that_its_guest_agreed_to(guest, stay):
    reply = guest.post("/api/bookings", stay(terms_version=2))
    assert reply.status_code == 201
    assert bookings.find_one({})["terms_version"] == 2


def test_who_read_other_terms_is_asked_again_and_books_nothing(guest, stay, counts):
    before = counts()
    reply = guest.post("/api/bookings", stay(terms_version=1))
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "TERMS_CHANGED")
    assert counts() == before


def test_without_a_version_none_is_stored(guest, stay):
    assert guest.post("/api/bookings", stay()).status_code == 201
    assert bookings.find_one({})["terms_version"] is None
