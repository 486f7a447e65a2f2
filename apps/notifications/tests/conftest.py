import datetime as dt
import uuid

import pytest
from bson import ObjectId

from apps.bookings.rows import bookings
from apps.common import mongo
from apps.events.schemas import NotificationRequested
from apps.notifications.handlers import deliver
from apps.notifications.rows import emails
from apps.notifications.services import emails_send_due
from apps.notifications.tests.local_smtp import local_smtp
from apps.properties.rows import listings

BOOKING_ID = ObjectId("66f1c2a4b8e0d3f5a7c91e55")


@pytest.fixture
def smtp(settings):
    with local_smtp() as (server, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


@pytest.fixture
def make_event(guest, listing_id):
    """Two nights in Singapore, from 16 to 18 December 2026, as a guest is notified of them."""

    def make(person=guest, **changes) -> NotificationRequested:
        values = {
            "event_id": str(uuid.uuid4()),
            "timestamp": "2026-01-01T00:00:00Z",
            "user_id": str(person.id),
            "kind": "booking_confirmed",
            "title": "Your stay is confirmed",
            "body": "A quiet flat: 16 Dec 2026 to 18 Dec 2026. Welcome!",
            "note": "Welcome!",
            "booking_id": str(BOOKING_ID),
            "booking_version": 2,
            "previous_status": "pending",
            "new_status": "confirmed",
            "listing_id": str(listing_id),
            "check_in": "2026-12-16",
            "check_out": "2026-12-18",
            "guest_count": 2,
            "total_price": 1302.5,
            "currency": "SGD",
            **changes,
        }
        return NotificationRequested(**values)

    return make


@pytest.fixture
def notify(make_event, now):
    """Delivers an event as its consumer does; the id of what became of it."""

    def run(person=None, **changes) -> str:
        event = make_event(person, **changes) if person else make_event(**changes)
        mongo.run_in_transaction(lambda: deliver(event, now=now))
        return event.event_id

    return run


@pytest.fixture
def send_due(now):
    """Sends what is due `minutes` from now."""
    return lambda minutes=0: emails_send_due(clock=lambda: now + dt.timedelta(minutes=minutes))


@pytest.fixture
def email():
    return lambda email_id: emails.find_one({"_id": email_id})


@pytest.fixture
def located(listing_id, book):
    """The booking of the events, confirmed and at an address."""
    point = {"type": "Point", "coordinates": [103.851234, 1.298765]}
    exact = {"address": "5 Quiet Lane", "coordinates": point}
    listings.update_one({"_id": listing_id}, {"$set": {"exact": exact}})
    row = {**book(), "_id": BOOKING_ID, "status": "confirmed"}
    bookings.insert_one(row)
    return BOOKING_ID
