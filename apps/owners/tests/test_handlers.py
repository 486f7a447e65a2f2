import datetime as dt
import uuid

import pytest

from apps.common import mongo
from apps.events.rows import outbox_messages
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.owners.handlers import booking_changed
from apps.owners.services import host_notify_cancellation, host_notify_request


@pytest.fixture
def common(listing_id, guest, host):
    return {
        "event_id": str(uuid.uuid4()),
        "timestamp": "2026-01-01T00:00:00Z",
        "booking_id": "66f1c2a4b8e0d3f5a7c91e55",
        "listing_id": str(listing_id),
        "guest_id": str(guest.id),
        "host_id": str(host.id),
        "check_in": "2030-12-04",
        "check_out": "2030-12-08",
    }


def _notified(handler, event, now: dt.datetime) -> list[dict]:
    mongo.run_in_transaction(lambda: handler(event, now=now))
    return [row["payload"] for row in outbox_messages.find({})]


def test_the_owner_is_told_of_a_request(common, host, now):
    event = BookingCreated(**common, total_price=1.0, status="pending")
    (message,) = _notified(host_notify_request, event, now)
    assert message["user_id"] == str(host.id)
    assert message["kind"] == "booking_requested"
    assert message["body"] == "A quiet flat: 4 Dec 2030 to 8 Dec 2030. Answer within 24 hours."


def test_an_instant_booking_asks_for_no_answer(common, now):
    event = BookingCreated(
        **common, total_price=1.0, status="pending", metadata={"instant_book": True}
    )
    (message,) = _notified(host_notify_request, event, now)
    assert message["title"] == "New booking"
    assert message["body"] == "A quiet flat: 4 Dec 2030 to 8 Dec 2030. It is already confirmed."


@pytest.mark.parametrize(("actor", "count"), [("guest", 1), ("staff", 1), ("owner", 0)])
def test_the_owner_is_told_of_others_cancellations_only(common, now, actor, count):
    event = BookingStatusUpdated(
        **common,
        previous_status="confirmed",
        new_status="cancelled",
        updated_by="x",
        message="m",
        actor=actor,
    )
    assert len(_notified(host_notify_cancellation, event, now)) == count


NOTIFIED = [
    ("update", "guest", "A guest changed a booking", "m."),
    ("", "guest", "A guest changed a booking", "m."),
    ("alter", "guest", "A guest changed a booking", "m."),
    ("propose", "guest", "A guest asks to change a booking", "m. Answer within 24 hours."),
    (
        "withdraw",
        "guest",
        "A guest withdrew a request for a change",
        "The booking stays as it is.",
    ),
    (
        "lapse",
        "system",
        "You did not answer a request for a change in time",
        "The booking stays as it is.",
    ),
    ("remind", "system", "A guest arrives soon", "Is everything ready?"),
]


def _update(common, action, actor):
    return BookingStatusUpdated(
        **common,
        previous_status="confirmed",
        new_status="confirmed",
        updated_by="x",
        message="m",
        actor=actor,
        action=action,
    )


@pytest.mark.parametrize(("action", "actor", "title", "more"), NOTIFIED)
def test_the_owner_is_told_of_what_becomes_of_a_stay(common, now, action, actor, title, more):
    (message,) = _notified(booking_changed, _update(common, action, actor), now)
    assert (message["title"], message["body"]) == (
        title,
        f"A quiet flat: 4 Dec 2030 to 8 Dec 2030. {more}",
    )


@pytest.mark.parametrize("action", ["agree", "refuse"])
def test_the_owner_is_not_told_what_they_did(common, now, action):
    assert _notified(booking_changed, _update(common, action, "owner"), now) == []
