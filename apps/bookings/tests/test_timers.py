import datetime as dt

from apps.bookings.enums import Action, Actor
from apps.bookings.rows import bookings
from apps.bookings.services import booking_change
from apps.bookings.tasks import complete_stays, expire_requests
from apps.events.rows import outbox_messages
from apps.properties.rows import night_claims


def _status(booking) -> str:
    return bookings.find_one({"_id": booking["_id"]})["status"]


def test_unanswered_requests_expire_once_and_free_their_nights(book, now):
    old = book(days=3, at=now - dt.timedelta(hours=25))
    fresh = book(days=5, at=now - dt.timedelta(hours=23))

    assert expire_requests() == 1
    assert expire_requests() == 0

    assert (_status(old), _status(fresh)) == ("expired", "pending")
    assert night_claims.distinct("owner_id", {}) == [str(fresh["_id"])]
    assert outbox_messages.count({"version": 2}) == 1


def test_stays_complete_after_their_last_day(book, now):
    past = book(days=-3, nights=1, at=now - dt.timedelta(days=9))
    ending = book(days=-1, nights=1, at=now - dt.timedelta(days=9))
    for booking in (past, ending):
        change = {"booking_id": booking["_id"], "actor": Actor.OWNER, "now": now}
        booking_change(**change, action=Action.ACCEPT)

    assert complete_stays() == 1
    assert complete_stays() == 0

    assert (_status(past), _status(ending)) == ("completed", "confirmed")
