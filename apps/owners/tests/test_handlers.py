import datetime as dt
import uuid

import pytest

from apps.common import mongo
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.owners.handlers import tell_of_cancellation, tell_of_request


@pytest.fixture
def common(listing_id, guest, host):
    return {
        "event_id": str(uuid.uuid4()),
        "timestamp": "2026-01-01T00:00:00Z",
        "booking_id": "b1",
        "listing_id": str(listing_id),
        "guest_id": str(guest.id),
        "host_id": str(host.id),
        "check_in": "2030-12-04",
        "check_out": "2030-12-08",
    }


def _told(handler, event, now: dt.datetime) -> list[dict]:
    mongo.run_in_transaction(lambda: handler(event, now=now))
    return [row["payload"] for row in mongo.collection("outbox").find()]


def test_the_owner_is_told_of_a_request(common, host, now):
    event = BookingCreated(**common, total_price=1.0, status="pending")
    (message,) = _told(tell_of_request, event, now)
    assert message["user_id"] == str(host.id)
    assert message["kind"] == "booking_requested"
    assert message["body"] == "A quiet flat: 4 Dec 2030 to 8 Dec 2030. Answer within 24 hours."


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
    assert len(_told(tell_of_cancellation, event, now)) == count
