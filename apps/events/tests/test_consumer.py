"""Consumers, leases and topics on real Kafka."""

import json
import uuid

import pytest

from apps.common import mongo
from apps.events import leases, outbox
from apps.events.rows import dead_letters, inbox_messages, outbox_messages
from apps.events.schemas import BookingCreated
from apps.events.tests.consuming import consuming
from apps.events.tests.effects import effects
from apps.events.tests.waiting import read_topic, wait_for
from apps.events.topics import wire_name


def test_an_event_outside_a_transaction_is_refused(now):
    event = BookingCreated.from_payload(_payload())
    with pytest.raises(RuntimeError, match="run_in_transaction"):
        outbox.add(event, aggregate_id="a", key="a", topics=["booking-requests"], now=now)
    assert outbox_messages.count({}) == 0


def test_one_lease_at_a_time():
    assert leases.acquire("relay", owner="a", seconds=1)
    assert not leases.acquire("relay", owner="b", seconds=1)
    assert leases.acquire("relay", owner="a", seconds=1)
    wait_for(lambda: leases.acquire("relay", owner="b", seconds=30), "the lease")
    assert not leases.acquire("relay", owner="a", seconds=1)
    leases.release("relay", owner="b")
    assert leases.acquire("relay", owner="a", seconds=1)


def _payload(**changes):
    return {
        "event_type": "booking_created",
        "event_id": str(uuid.uuid4()),
        "timestamp": "2026-01-01T00:00:00Z",
        "booking_id": "b1",
        "listing_id": "l1",
        "guest_id": "g1",
        "host_id": "h1",
        "check_in": "2030-01-01",
        "check_out": "2030-01-02",
        "total_price": 1.0,
        "status": "pending",
        **changes,
    }


def _send(producer, value, key="b1"):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    future = producer.send(wire_name("booking-requests"), key=key.encode(), value=body)
    producer.flush(timeout=10)
    future.get(timeout=1)


def _effects():
    return [row["event_id"] for row in effects.find({}).sort("_id")]


def _record(event, *, now):
    effects.insert_one({"event_id": event.event_id})


def test_a_redelivered_event_takes_effect_once(producer):
    event = _payload()
    for _ in range(3):
        _send(producer, event)
    last = _payload(booking_id="b2")
    _send(producer, last)
    with consuming({"booking-requests": {BookingCreated: _record}}):
        wait_for(lambda: last["event_id"] in _effects(), "the last event")
    assert _effects() == [event["event_id"], last["event_id"]]


def test_without_the_inbox_it_takes_effect_again(producer, monkeypatch):
    monkeypatch.setattr("apps.events.consumer.delivery.inbox_has", lambda _: False)
    monkeypatch.setattr("apps.events.consumer.delivery.inbox_add", lambda _, **__: None)
    event = _payload()
    for _ in range(3):
        _send(producer, event)
    with consuming({"booking-requests": {BookingCreated: _record}}):
        wait_for(lambda: len(_effects()) == 3, "three effects")


def test_a_new_consumer_goes_on_behind_the_committed_offset(producer):
    handlers = {"booking-requests": {BookingCreated: _record}}
    first, second = _payload(), _payload()
    _send(producer, first)
    with consuming(handlers):
        wait_for(lambda: _effects() == [first["event_id"]], "the first event")
    inbox_messages.delete_many({})
    _send(producer, second)
    with consuming(handlers):
        wait_for(lambda: second["event_id"] in _effects(), "the second event")
    assert _effects() == [first["event_id"], second["event_id"]]


def test_what_took_effect_is_not_parked_when_it_comes_again(producer):
    event = _payload()
    _send(producer, event)
    _send(producer, b"{bad", key="b1")
    _send(producer, event)
    last = _payload(booking_id="b2")
    _send(producer, last, key="b2")
    with consuming({"booking-requests": {BookingCreated: _record}}):
        wait_for(lambda: dead_letters.count({}) and len(_effects()) == 2, "both effects")
    assert [row["status"] for row in dead_letters.find({})] == ["failed"]


POISON = {
    "not JSON": b"{bad",
    "not an object": b"[1]",
    "no type": {"event_id": "e1"},
    "a type that is no text": {"event_type": 7, "event_id": "e1"},
    "a missing field": {"event_type": "booking_created", "event_id": "e1"},
}


@pytest.mark.parametrize("value", POISON.values(), ids=POISON.keys())
def test_poison_is_a_dead_letter_and_its_followers_wait(producer, relay, value):
    _send(producer, value, key="b1")
    follower, other = _payload(), _payload(booking_id="b2")
    _send(producer, follower, key="b1")
    _send(producer, other, key="b2")
    with consuming({"booking-requests": {BookingCreated: _record}}):
        wait_for(lambda: dead_letters.count({}) == 2 and _effects(), "the dead letters")

    assert _effects() == [other["event_id"]]
    failed, parked = (
        dead_letters.find_one({"status": "failed"}),
        dead_letters.find_one({"status": "parked"}),
    )
    assert failed["error"].startswith("SchemaError: ")
    assert (parked["event_id"], parked["key"]) == (follower["event_id"], "b1")
    assert relay.publish_batch() == 2
    published = {
        json.loads(message.value)["origin_offset"]: message
        for message in read_topic("booking-dlq", 2)
    }
    first = json.loads(published[failed["offset"]].value)
    assert first["event_type"] == "dead_lettered"
    assert first["consumer"] == "probe:booking-requests"
    assert first["origin_topic"] == "booking-requests"
    assert first["error"] == failed["error"]


def test_a_handlers_bug_is_a_dead_letter_after_the_tries(producer):
    calls = []

    def buggy(event, *, now):
        calls.append(event.event_id)
        effects.insert_one({"event_id": "half"})
        raise KeyError("bug")

    _send(producer, _payload())
    with consuming({"booking-requests": {BookingCreated: buggy}}, max_attempts=3):
        row = wait_for(lambda: dead_letters.find_one({"status": "failed"}), "the dead letter")
    assert len(calls) == 3
    assert row["attempts"] == 3
    assert row["error"] == "KeyError: 'bug'"
    assert _effects() == []


def test_an_outage_is_waited_for_in_order(producer):
    from pymongo.errors import AutoReconnect

    failures = iter([True, True, True, False])

    def shaky(event, *, now):
        if next(failures, False):
            raise AutoReconnect("primary gone")
        _record(event, now=now)

    events = [_payload() for _ in range(3)]
    for event in events:
        _send(producer, event)
    with consuming({"booking-requests": {BookingCreated: shaky}}, max_attempts=2):
        wait_for(lambda: len(_effects()) == 3, "all events")
    assert _effects() == [event["event_id"] for event in events]
    assert dead_letters.count({}) == 0


def test_records_that_wait_share_a_transaction(producer):
    transactions = set()

    def effect(event, *, now):
        server_session = mongo.session()._server_session
        transactions.add((server_session.session_id["id"], server_session.transaction_id))
        _record(event, now=now)

    events = [_payload() for _ in range(5)]
    for event in events:
        _send(producer, event)
    with consuming({"booking-requests": {BookingCreated: effect}}):
        wait_for(lambda: len(_effects()) == 5, "five effects")
    assert _effects() == [event["event_id"] for event in events]
    assert len(transactions) < 5


def test_one_that_fails_is_the_only_one_of_its_lot_to_wait(producer):
    events = [_payload(booking_id=f"b{number}") for number in range(5)]

    def effect(event, *, now):
        _record(event, now=now)
        if event.booking_id == "b2":
            raise ValueError("a bug")

    for event in events:
        _send(producer, event, key="same-partition")
    with consuming({"booking-requests": {BookingCreated: effect}}):
        wait_for(lambda: dead_letters.count({"status": "parked"}) == 2, "those behind it")
    assert _effects() == [event["event_id"] for event in events[:2]]
    assert [row["status"] for row in dead_letters.find({}).sort("offset")] == [
        "failed",
        "parked",
        "parked",
    ]
