import itertools
import uuid

import pytest
from bson import ObjectId

from apps.common import mongo
from apps.events.rows import outbox_messages
from apps.events.schemas import BookingStatusUpdated, NotificationRequested
from apps.messaging.services import change_note
from apps.notifications.handlers import deliver


@pytest.fixture
def ask(guest, listing_id):
    """A question of the guest; each has an id of its own unless it is given one."""
    numbers = itertools.count(1)

    def run(text="Is there a desk?", *, client_id=None, person=guest, listing=listing_id):
        body = {
            "listing_id": str(listing),
            "text": text,
            "client_id": client_id or f"question-{next(numbers)}",
        }
        return person.post("/api/messages/threads", body)

    return run


@pytest.fixture
def thread(ask):
    """The path of a thread with one question."""
    return f"/api/messages/threads/{ask().json()['thread_id']}"


@pytest.fixture
def write(thread):
    def run(person, text="Yes.", *, client_id=None):
        body = {"text": text, "client_id": client_id or str(uuid.uuid4())}
        return person.post(f"{thread}/messages", body)

    return run


@pytest.fixture
def confirm(guest, host, listing_id, now):
    """Tells the thread that a booking of the guest is confirmed."""

    def run(**changes) -> BookingStatusUpdated:
        values = {
            "event_id": str(uuid.uuid4()),
            "timestamp": "2026-01-01T00:00:00Z",
            "version": 2,
            "booking_id": str(ObjectId()),
            "listing_id": str(listing_id),
            "guest_id": str(guest.id),
            "host_id": str(host.id),
            "check_in": "2030-12-16",
            "check_out": "2030-12-18",
            "previous_status": "pending",
            "new_status": "confirmed",
            "updated_by": str(host.id),
            "message": "m",
            "actor": "owner",
            "action": "accept",
            **changes,
        }
        event = BookingStatusUpdated(**values)
        mongo.run_in_transaction(lambda: change_note(event, now=now))
        return event

    return run


@pytest.fixture
def deliver_all(now):
    """Hands the notifications of the outbox to their consumer, and empties it."""

    def run() -> list[dict]:
        payloads = [row["payload"] for row in outbox_messages.find({}) if "kind" in row["payload"]]
        outbox_messages.delete_many({})
        for payload in payloads:
            event = NotificationRequested.from_payload(payload)
            mongo.run_in_transaction(lambda event=event: deliver(event, now=now))
        return payloads

    return run
