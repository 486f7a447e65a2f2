"""Outbox, relay and consumers on real Kafka."""

import datetime as dt
import json
import threading
import time
import uuid
from contextlib import contextmanager

import pytest
from django.core.management import call_command

from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change, booking_request
from apps.common import mongo
from apps.events import kafka_clients, leases, outbox
from apps.events.consumer import ConsumerLoop, Handler
from apps.events.relay import Relay, pending
from apps.events.schemas import BookingCreated
from apps.events.topics import wire_name

WAIT_SECONDS = 40


def wait_for(condition, what):
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {WAIT_SECONDS} s")


@pytest.fixture
def producer(kafka_prefix):
    made = kafka_clients.producer()
    yield made
    made.close(timeout=5)


@pytest.fixture
def relay(producer):
    return Relay(producer, owner="test", lease_seconds=10)


@pytest.fixture
def request_stay(guest, listing_id, today, now):
    def make(days):
        first = today + dt.timedelta(days=days)
        return booking_request(
            guest_id=guest.id,
            listing_id=listing_id,
            check_in=first,
            check_out=first + dt.timedelta(days=1),
            guest_count=1,
            now=now,
        )

    return make


@contextmanager
def consuming(handlers, *, group="probe", max_attempts=2):
    """Runs a consumer loop in a thread; what it raises fails the test."""
    stop, failures = threading.Event(), []
    consumer = kafka_clients.consumer(wire_name(group), [wire_name(name) for name in handlers])
    loop = ConsumerLoop(consumer, group=group, handlers=handlers, max_attempts=max_attempts)

    def run():
        try:
            loop.run(stop)
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(WAIT_SECONDS)
        consumer.close(autocommit=False, timeout_ms=5000)
    assert failures == []


def read_topic(name, count):
    from kafka import KafkaConsumer

    consumer = KafkaConsumer(
        wire_name(name),
        bootstrap_servers=kafka_clients.settings.KAFKA_BOOTSTRAP_SERVERS,
        auto_offset_reset="earliest",
        consumer_timeout_ms=WAIT_SECONDS * 1000,
    )
    try:
        return [next(consumer) for _ in range(count)]
    finally:
        consumer.close(timeout_ms=5000)


def test_an_event_outside_a_transaction_is_refused(now):
    event = BookingCreated.from_payload(_payload())
    with pytest.raises(RuntimeError, match="run_in_transaction"):
        outbox.add(event, aggregate_id="a", key="a", topics=["booking-requests"], now=now)
    assert mongo.collection("outbox").count_documents({}) == 0


def test_the_relay_publishes_and_marks(relay, request_stay):
    booking = request_stay(10)
    assert relay.publish_batch() == 1
    assert relay.publish_batch() == 0
    row = mongo.collection("outbox").find_one()
    assert row["published_at"] is not None

    message = read_topic("booking-requests", 1)[0]
    assert message.key.decode() == str(booking["_id"])
    assert json.loads(message.value) == row["payload"]
    assert dict(message.headers)["event_id"].decode() == row["_id"]


def test_pending_is_complete_and_ordered_by_version_whatever_the_clock_says(request_stay, now):
    booking = request_stay(10)
    booking_change(
        booking_id=booking["_id"],
        action=Action.ACCEPT,
        actor=Actor.OWNER,
        now=now - dt.timedelta(hours=1),
    )
    assert [row["version"] for row in pending()] == [1, 2]


def test_a_batch_limit_does_not_split_an_aggregate(request_stay, now, monkeypatch):
    monkeypatch.setattr("apps.events.relay.BATCH", 1)
    booking = request_stay(10)
    change = {"booking_id": booking["_id"], "actor": Actor.OWNER}
    booking_change(**change, action=Action.ACCEPT, now=now - dt.timedelta(hours=2))
    booking_change(**change, action=Action.CANCEL, now=now - dt.timedelta(hours=3))
    assert [row["version"] for row in pending()] == [1, 2, 3]


def test_one_lease_at_a_time():
    assert leases.acquire("relay", owner="a", seconds=1)
    assert not leases.acquire("relay", owner="b", seconds=1)
    assert leases.acquire("relay", owner="a", seconds=1)
    wait_for(lambda: leases.acquire("relay", owner="b", seconds=30), "the lease")
    assert not leases.acquire("relay", owner="a", seconds=1)
    leases.release("relay", owner="b")
    assert leases.acquire("relay", owner="a", seconds=1)


def test_a_standby_relay_takes_over(producer, request_stay):
    stops = [threading.Event(), threading.Event()]
    relays = [Relay(producer, owner=f"r{n}", lease_seconds=2) for n in range(2)]
    threads = [
        threading.Thread(target=relay.run, args=(stop,))
        for relay, stop in zip(relays, stops, strict=True)
    ]
    [thread.start() for thread in threads]
    try:
        for days, stop in ((10, stops[0]), (20, None)):
            request_stay(days)
            wait_for(lambda: not pending(), "the publication")
            if stop:
                stop.set()
                threads[0].join(WAIT_SECONDS)
    finally:
        [stop.set() for stop in stops]
        [thread.join(WAIT_SECONDS) for thread in threads]
    assert mongo.collection("outbox").count_documents({"published_at": {"$ne": None}}) == 2


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
    return [row["event_id"] for row in mongo.collection("effects").find().sort("_id")]


def _record(event, *, now):
    mongo.collection("effects").insert_one({"event_id": event.event_id}, session=mongo.session())


def test_a_redelivered_event_takes_effect_once(producer):
    event = _payload()
    for _ in range(3):
        _send(producer, event)
    last = _payload(booking_id="b2")
    _send(producer, last)
    with consuming({"booking-requests": Handler(BookingCreated, _record)}):
        wait_for(lambda: last["event_id"] in _effects(), "the last event")
    assert _effects() == [event["event_id"], last["event_id"]]


def test_without_the_inbox_it_takes_effect_again(producer, monkeypatch):
    monkeypatch.setattr("apps.events.consumer.inbox_add", lambda **_: True)
    event = _payload()
    for _ in range(3):
        _send(producer, event)
    with consuming({"booking-requests": Handler(BookingCreated, _record)}):
        wait_for(lambda: len(_effects()) == 3, "three effects")


def test_a_new_consumer_goes_on_behind_the_committed_offset(producer):
    handlers = {"booking-requests": Handler(BookingCreated, _record)}
    first, second = _payload(), _payload()
    _send(producer, first)
    with consuming(handlers):
        wait_for(lambda: _effects() == [first["event_id"]], "the first event")
    mongo.collection("inbox").delete_many({})
    _send(producer, second)
    with consuming(handlers):
        wait_for(lambda: second["event_id"] in _effects(), "the second event")
    assert _effects() == [first["event_id"], second["event_id"]]


POISON = {
    "not JSON": b"{bad",
    "not an object": b"[1]",
    "an unknown type": {"event_type": "other", "event_id": "e1"},
    "a missing field": {"event_type": "booking_created", "event_id": "e1"},
}


@pytest.mark.parametrize("value", POISON.values(), ids=POISON.keys())
def test_poison_is_a_dead_letter_and_its_followers_wait(producer, relay, value):
    _send(producer, value, key="b1")
    follower, other = _payload(), _payload(booking_id="b2")
    _send(producer, follower, key="b1")
    _send(producer, other, key="b2")
    letters = mongo.collection("dead_letters")
    with consuming({"booking-requests": Handler(BookingCreated, _record)}):
        wait_for(lambda: letters.count_documents({}) == 2 and _effects(), "the dead letters")

    assert _effects() == [other["event_id"]]
    failed, parked = letters.find_one({"status": "failed"}), letters.find_one({"status": "parked"})
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
        mongo.collection("effects").insert_one({"event_id": "half"}, session=mongo.session())
        raise KeyError("bug")

    _send(producer, _payload())
    letters = mongo.collection("dead_letters")
    with consuming({"booking-requests": Handler(BookingCreated, buggy)}, max_attempts=3):
        letter = wait_for(lambda: letters.find_one({"status": "failed"}), "the dead letter")
    assert len(calls) == 3
    assert letter["attempts"] == 3
    assert letter["error"] == "KeyError: 'bug'"
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
    with consuming({"booking-requests": Handler(BookingCreated, shaky)}, max_attempts=2):
        wait_for(lambda: len(_effects()) == 3, "all events")
    assert _effects() == [event["event_id"] for event in events]
    assert mongo.collection("dead_letters").count_documents({}) == 0


def test_create_topics_reports_drift(kafka_prefix, capsys):
    admin = kafka_clients.admin()
    admin.create_partitions({wire_name("booking-dlq"): 2})
    admin.close()
    call_command("create_topics")
    out = capsys.readouterr().out
    assert f"{wire_name('booking-requests')}: as declared" in out
    assert f"{wire_name('booking-dlq')}: DRIFT: 2 partitions, not 1" in out
