"""The relay with real bookings and real Kafka."""

import datetime as dt
import json
import threading

import pytest
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import MessageSizeTooLargeError

from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change
from apps.common.errors import ConflictError, InvalidInputError, NotFoundError
from apps.events.clients import kafka_clients
from apps.events.outbox.rejected import REJECTED, outbox_give_up, outbox_retry
from apps.events.relay.loop import Relay, pending
from apps.events.rows import outbox_messages
from apps.events.tests.waiting import WAIT_SECONDS, read_topic, wait_for
from apps.events.topics import wire_name


def test_the_relay_publishes_and_marks(relay, book):
    booking = book(days=10)
    assert relay.publish_batch() == 1
    assert relay.publish_batch() == 0
    row = outbox_messages.find_one({})
    assert row["published_at"] is not None

    message = read_topic("booking-requests", 1)[0]
    assert message.key.decode() == str(booking["_id"])
    assert json.loads(message.value) == row["payload"]
    assert dict(message.headers)["event_id"].decode() == row["_id"]


def test_pending_is_complete_and_ordered_by_version_whatever_the_clock_says(book, now):
    booking = book(days=10)
    booking_change(
        booking_id=booking["_id"],
        action=Action.ACCEPT,
        actor=Actor.OWNER,
        now=now - dt.timedelta(hours=1),
    )
    assert [row["version"] for row in pending()] == [1, 2]


def test_a_batch_limit_does_not_split_an_aggregate(book, now, monkeypatch):
    monkeypatch.setattr("apps.events.relay.loop.BATCH", 1)
    booking = book(days=10)
    change = {"booking_id": booking["_id"], "actor": Actor.OWNER}
    booking_change(**change, action=Action.ACCEPT, now=now - dt.timedelta(hours=2))
    booking_change(**change, action=Action.CANCEL, now=now - dt.timedelta(hours=3))
    assert [row["version"] for row in pending()] == [1, 2, 3]


def test_a_standby_relay_takes_over(producer, book):
    stops = [threading.Event(), threading.Event()]
    relays = [Relay(producer, owner=f"r{n}", lease_seconds=2) for n in range(2)]
    threads = [
        threading.Thread(target=relay.run, args=(stop,))
        for relay, stop in zip(relays, stops, strict=True)
    ]
    [thread.start() for thread in threads]
    try:
        for days, stop in ((10, stops[0]), (20, None)):
            book(days=days)
            wait_for(lambda: not pending(), "the publication")
            if stop:
                stop.set()
                threads[0].join(WAIT_SECONDS)
    finally:
        [stop.set() for stop in stops]
        [thread.join(WAIT_SECONDS) for thread in threads]
    assert outbox_messages.count({"published_at": {"$ne": None}}) == 2


def test_without_a_change_stream_polling_goes_on(producer, book, monkeypatch, caplog):
    monkeypatch.setattr("apps.events.relay.wake_up.INSERTED", [{"$noSuchStage": {}}])
    stop, relay = threading.Event(), Relay(producer, owner="r", lease_seconds=2)
    thread = threading.Thread(target=relay.run, args=(stop,))
    thread.start()
    try:
        wait_for(lambda: "relay.no_change_stream" in caplog.text, "the refusal")
        for days in (10, 20):
            book(days=days)
            wait_for(lambda: not pending(), "the publication", 5)
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(WAIT_SECONDS)


@pytest.fixture
def small(kafka_prefix):
    """booking-requests takes messages of 2,000 bytes."""
    admin = kafka_clients.admin()
    name = wire_name("booking-requests")
    topic = ConfigResourceType.TOPIC
    admin.alter_configs([ConfigResource(topic, name, configs={"max.message.bytes": "2000"})])
    yield
    admin.close()


def _publish_anew():
    """A process's life: a producer of its own, until it is broken or all is published."""
    producer = kafka_clients.producer()
    try:
        while Relay(producer, owner="r", lease_seconds=10).publish_batch():
            pass
    except MessageSizeTooLargeError:
        return False
    finally:
        producer.close(timeout=5)
    return True


def test_what_the_broker_refuses_is_found_and_stands_aside(small, book, now):
    """Kafka refuses a request as a whole and breaks the producer; the next process finds out."""
    bad, good = book(days=10), book(days=20)
    outbox_messages.update_one({"key": str(bad["_id"])}, {"$set": {"payload.status": "x" * 5000}})
    booking_change(booking_id=bad["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    for _ in range(3):
        if _publish_anew():
            break
    else:
        pytest.fail("the relay was refused three times")

    found = {(row["key"], row["version"]): row for row in outbox_messages.find({})}
    first, second = found[str(bad["_id"]), 1], found[str(bad["_id"]), 2]
    assert found[str(good["_id"]), 1]["published_at"] is not None
    assert first["error"].startswith("MessageSizeTooLargeError")
    assert (first["published_at"], second["published_at"]) == (None, None)
    assert outbox_messages.count(REJECTED) == 1
    with pytest.raises(InvalidInputError):
        outbox_give_up(row_id=first["_id"], reason=" ", actor="ada", now=now)
    with pytest.raises(ConflictError):
        outbox_retry(row_id=second["_id"])
    with pytest.raises(NotFoundError):
        outbox_retry(row_id="none")

    outbox_retry(row_id=first["_id"])
    assert not _publish_anew()
    assert [row["version"] for row in pending()] == []

    outbox_give_up(row_id=first["_id"], reason="Far too large", actor="ada", now=now)
    assert _publish_anew()
    assert outbox_messages.count({"published_at": None}) == 0
    assert (
        outbox_messages.find_one({"_id": first["_id"]})["error"] == "given up by ada: Far too large"
    )
    assert json.loads(read_topic("booking-confirmations", 1)[0].value)["version"] == 2
