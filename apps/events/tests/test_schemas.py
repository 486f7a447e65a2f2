"""The seed's two examples, field by field."""

import json

import pytest

from apps.events.schemas import BookingCreated, BookingStatusUpdated, SchemaError
from apps.events.topics import TOPICS

pytestmark = pytest.mark.unit

# Copied from the seed as they stand there.
CREATED_TEXT = """{
  "event_type": "booking_created",
  "event_id": "uuid-v4",
  "timestamp": "2025-11-21T10:30:00Z",
  "booking_id": "booking-uuid",
  "listing_id": "listing-uuid",
  "guest_id": "user-uuid",
  "host_id": "user-uuid",
  "check_in": "2025-12-01",
  "check_out": "2025-12-05",
  "total_price": 500.00,
  "status": "pending",
  "metadata": {
    "guest_count": 2,
    "special_requests": "Late check-in"
  }
}"""
UPDATED_TEXT = """{
  "event_type": "booking_status_updated",
  "event_id": "uuid-v4",
  "timestamp": "2025-11-21T11:00:00Z",
  "booking_id": "booking-uuid",
  "previous_status": "pending",
  "new_status": "confirmed",
  "updated_by": "owner-uuid",
  "message": "Booking confirmed by owner"
}"""
CREATED, UPDATED = json.loads(CREATED_TEXT), json.loads(UPDATED_TEXT)
EXAMPLES = [(BookingCreated, CREATED), (BookingStatusUpdated, UPDATED)]


@pytest.mark.parametrize(("event", "example"), EXAMPLES)
def test_the_seeds_example_travels_unchanged(event, example):
    payload = event.from_payload(example).to_payload()
    assert {name: payload[name] for name in example} == example


@pytest.mark.parametrize(("event", "example"), EXAMPLES)
def test_unknown_fields_are_ignored(event, example):
    assert event.from_payload({**example, "later": 1}) == event.from_payload(example)


@pytest.mark.parametrize(
    ("event", "example", "name"),
    [(event, example, name) for event, example in EXAMPLES for name in example],
)
def test_every_field_is_the_seeds(event, example, name):
    """Its value and its kind travel; without it the event is refused, by the field's name, unless
    the schema has a default for it."""
    sent = json.loads(json.dumps(event.from_payload(example).to_payload()))
    assert sent[name] == example[name]
    assert type(sent[name]) is type(example[name])
    broken = {key: value for key, value in example.items() if key != name}
    if name == "metadata":
        assert event.from_payload(broken).metadata == {}
        return
    with pytest.raises(SchemaError, match=name):
        event.from_payload(broken)


@pytest.mark.parametrize(("event", "example"), EXAMPLES)
def test_what_we_added_to_the_seeds_fields_is_optional(event, example):
    added = event.from_payload(example).to_payload().keys() - example.keys()
    full = event.from_payload({**example, "version": 3, "currency": "EUR"}).to_payload()
    assert {"version", "schema_version", "currency"} <= added
    assert (full["version"], full["currency"]) == (3, "EUR")


@pytest.mark.parametrize(
    "change",
    [
        {"event_type": "other"},
        {"schema_version": 2},
        {"booking_id": 7},
        {"total_price": "500"},
        {"total_price": True},
        {"metadata": []},
    ],
)
def test_wrong_values_are_refused(change):
    with pytest.raises(SchemaError):
        BookingCreated.from_payload({**CREATED, **change})


def test_the_topics_are_the_seeds():
    assert {name: (topic.partitions, topic.retention_days) for name, topic in TOPICS.items()} == {
        "booking-requests": (3, 7),
        "booking-updates": (3, 7),
        "booking-confirmations": (3, 7),
        "booking-cancellations": (3, 7),
        "notifications": (5, 7),
        "booking-dlq": (1, 30),
    }
