"""Handlers are found by topic and event type: what is known is handled, what is not is skipped."""

import base64
import json

import pytest
from prometheus_client import REGISTRY

from apps.events import metrics
from apps.events.dead_letters.replay import dead_letter_replay
from apps.events.rows import dead_letters, inbox_messages
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.events.tests.consuming import consuming
from apps.events.tests.test_consumer import _effects, _payload, _record, _send
from apps.events.tests.test_schemas import UPDATED
from apps.events.tests.waiting import wait_for

TOPIC = "booking-requests"


def skipped(event_type):
    labels = {"group": "probe", "topic": TOPIC, "event_type": event_type}
    return REGISTRY.get_sample_value("consumer_skipped_total", labels) or 0


def stored():
    return list(dead_letters.find({}).sort("offset"))


def test_two_types_on_one_topic_go_to_their_own_handlers(producer):
    calls = []

    def handler(name):
        def apply(event, *, now):
            calls.append((name, type(event), event.event_id))

        return apply

    created, updated = _payload(), {**UPDATED, "booking_id": "b1"}
    _send(producer, created)
    _send(producer, updated)
    by_type = {BookingCreated: handler("created"), BookingStatusUpdated: handler("updated")}
    with consuming({TOPIC: by_type}):
        wait_for(lambda: len(calls) == 2, "both handlers")
    assert calls == [
        ("created", BookingCreated, created["event_id"]),
        ("updated", BookingStatusUpdated, updated["event_id"]),
    ]
    assert stored() == []


def test_an_unknown_type_is_skipped_and_holds_nothing_up(producer):
    before = skipped("guest_checked_in")
    first, last = _payload(), _payload()
    _send(producer, first)
    _send(producer, {"event_type": "guest_checked_in", "event_id": "e1", "booking_id": "b1"})
    _send(producer, last)
    with consuming({TOPIC: {BookingCreated: _record}}):
        wait_for(lambda: last["event_id"] in _effects(), "the later event of the booking")
    assert _effects() == [first["event_id"], last["event_id"]]
    assert stored() == []
    assert skipped("guest_checked_in") == before + 1
    assert inbox_messages.count({}) == 2


def test_an_unknown_type_does_not_wait_behind_a_dead_letter(producer):
    _send(producer, b"{bad")
    _send(producer, {"event_type": "guest_checked_in", "event_id": "e1"})
    last = _payload(booking_id="b2")
    _send(producer, last)
    with consuming({TOPIC: {BookingCreated: _record}}):
        wait_for(lambda: len(stored()) == 2, "the dead letters")
    assert [row["event_id"] for row in stored()] == ["", last["event_id"]]


@pytest.mark.parametrize("event_type", ["booking_created", "booking_status_updated"])
def test_a_malformed_one_of_a_known_type_is_a_dead_letter(producer, event_type):
    _send(producer, {"event_type": event_type, "event_id": "e1"})
    _send(producer, _payload())
    handlers = {BookingCreated: _record, BookingStatusUpdated: _record}
    with consuming({TOPIC: handlers}):
        wait_for(lambda: len(stored()) == 2, "the dead letters")
    assert [(row["status"], row["error"]) for row in stored()] == [
        ("failed", "SchemaError: timestamp is missing"),
        ("parked", "waits"),
    ]
    assert _effects() == []


def test_a_dead_letter_of_an_unknown_type_is_released_by_a_replay(producer, relay, now):
    """It was made before types were skipped, and blocks its booking since."""
    value = {"event_type": "guest_checked_in", "event_id": "e1", "booking_id": "b1"}
    _send(producer, {**value, "event_type": None})
    follower = _payload()
    _send(producer, follower)
    with consuming({TOPIC: {BookingCreated: _record}}):
        wait_for(lambda: len(stored()) == 2, "the dead letters")
    message = json.dumps(value).encode()
    head = stored()[0]["_id"]
    dead_letters.update_one({"_id": head}, {"$set": {"value": base64.b64encode(message).decode()}})
    while relay.publish_batch():
        pass
    dead_letter_replay(dead_letter_id=head, actor="ada", now=now)
    assert relay.publish_batch() == 2
    with consuming({TOPIC: {BookingCreated: _record}}):
        wait_for(lambda: _effects() == [follower["event_id"]], "the follower")
        wait_for(lambda: {one["status"] for one in stored()} == {"replayed"}, "the dead letters")


def test_only_so_many_types_become_labels(monkeypatch):
    monkeypatch.setattr(metrics, "_types_seen", set())
    before = skipped("other")
    for number in range(30):
        metrics.note_skipped("probe", TOPIC, f"type_{number}")
    metrics.note_skipped("probe", TOPIC, "type_3")
    metrics.note_skipped("probe", TOPIC, "Not a name: " + "x" * 1000)
    assert skipped("other") == before + 11
    assert (skipped("type_3"), skipped("type_19"), skipped("type_20")) == (2, 1, 0)
