import datetime as dt

import pytest

from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change, booking_request
from apps.bookings.tasks import complete_stays, expire_requests
from apps.common import mongo


@pytest.fixture
def request_at(guest, listing_id):
    def make(now, first_night):
        return booking_request(
            guest_id=guest.id,
            listing_id=listing_id,
            check_in=first_night,
            check_out=first_night + dt.timedelta(days=1),
            guest_count=1,
            now=now,
        ).booking

    return make


def _status(booking) -> str:
    return mongo.collection("bookings").find_one({"_id": booking["_id"]})["status"]


def test_unanswered_requests_expire_once_and_free_their_nights(request_at, now, today):
    old = request_at(now - dt.timedelta(hours=25), today + dt.timedelta(days=3))
    fresh = request_at(now - dt.timedelta(hours=23), today + dt.timedelta(days=5))

    assert expire_requests() == 1
    assert expire_requests() == 0

    assert (_status(old), _status(fresh)) == ("expired", "pending")
    claims = mongo.collection("night_claims")
    assert claims.distinct("owner_id") == [str(fresh["_id"])]
    assert mongo.collection("outbox").count_documents({"version": 2}) == 1


def test_stays_complete_after_their_last_day(request_at, now, today):
    past = request_at(now - dt.timedelta(days=9), today - dt.timedelta(days=3))
    ending = request_at(now - dt.timedelta(days=9), today - dt.timedelta(days=1))
    for booking in (past, ending):
        change = {"booking_id": booking["_id"], "actor": Actor.OWNER, "now": now}
        booking_change(**change, action=Action.ACCEPT)

    assert complete_stays() == 1
    assert complete_stays() == 0

    assert (_status(past), _status(ending)) == ("completed", "confirmed")
