"""Relays as processes: killed, put to sleep, told to end, with nobody but them to publish."""

import datetime as dt
import json
import signal
import threading
import time
import uuid

import pytest
from kafka import KafkaConsumer, TopicPartition

from apps.common import mongo
from apps.events import outbox
from apps.events.relay.loop import pending
from apps.events.rows import leases, outbox_messages
from apps.events.schemas import BookingStatusUpdated
from apps.events.tests.waiting import wait_for
from apps.events.topics import wire_name

pytestmark = pytest.mark.slow

TOPIC = "booking-updates"


def add(booking_id, version, message="", now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)):
    event = BookingStatusUpdated(
        event_id=str(uuid.uuid4()),
        timestamp="2026-01-01T00:00:00Z",
        version=version,
        booking_id=booking_id,
        previous_status="confirmed",
        new_status="confirmed",
        updated_by="u1",
        message=message,
    )
    place = {"aggregate_id": f"booking:{booking_id}", "key": booking_id, "topics": [TOPIC]}
    mongo.run_in_transaction(lambda: outbox.add(event, **place, now=now))
    return event.event_id


class Changes:
    """Changes of ten bookings, until it is told to stop."""

    def __init__(self):
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.versions = 0

    def _run(self):
        while not self.stop.wait(0.02):
            self.versions += 1
            for booking in range(10):
                add(f"b{booking}", self.versions)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()


def read_all():
    """{key: [versions as they stand on the topic]}, duplicates included."""
    from django.conf import settings

    consumer = KafkaConsumer(bootstrap_servers=settings.KAFKA_BOOTSTRAP_SERVERS)
    partitions = [TopicPartition(wire_name(TOPIC), number) for number in range(3)]
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    ends, found = consumer.end_offsets(partitions), {}
    while any(consumer.position(tp) < end for tp, end in ends.items()):
        for records in consumer.poll(timeout_ms=1000).values():
            for record in records:
                event = json.loads(record.value)
                found.setdefault(record.key.decode(), []).append(event["version"])
    consumer.close()
    return found


def lease_owner():
    lease = leases.find_one({"_id": "relay"})
    return lease and lease["owner"]


def another_owner(owner):
    """A look for who holds the lease instead of this one; None while nobody does."""
    return lambda: (found := lease_owner()) != owner and found


def first_deliveries(versions):
    return list(dict.fromkeys(versions))


def test_the_lease_moves_within_15_seconds_of_a_kill(workers):
    first = workers.relay("first")
    add("b1", 1)
    wait_for(lambda: not pending(), "the first event")
    workers.relay("second").wait_said("relay.stands_by")
    owner = lease_owner()
    first.kill()
    killed_at = time.monotonic()
    add("b1", 2)
    wait_for(lambda: not pending(), "the second event", 15)
    print(f"moved after {time.monotonic() - killed_at:.1f} s")
    assert lease_owner() != owner


def test_a_relay_that_is_told_to_end_hands_over_at_once(workers):
    first = workers.relay("first")
    add("b1", 1)
    wait_for(lambda: not pending(), "the first event")
    workers.relay("second").wait_said("relay.stands_by")
    assert first.end() == 0
    add("b1", 2)
    wait_for(lambda: not pending(), "the second event", 5)
    assert read_all() == {"b1": [1, 2]}


def wake(relay, workers, name):
    """The relay that stands by from now on: itself, or, where the long sleep ended it (its producer
    gave up meanwhile), the one that its supervisor would start."""
    stood_by = len(relay.said("relay.stands_by"))
    relay.send(signal.SIGCONT)
    wait_for(
        lambda: relay.process.poll() is not None or len(relay.said("relay.stands_by")) > stood_by,
        "standing by, or the end",
    )
    if relay.process.poll() is None:
        return relay
    relay = workers.relay(name)
    relay.wait_said("relay.stands_by")
    return relay


def test_relays_that_wake_up_late_do_not_reorder_a_booking(workers):
    """Each sleeps in turn for longer than its lease, in the middle of its work."""
    holder = workers.relay("first")
    owner = wait_for(lease_owner, "a lease")
    other = workers.relay("second")
    other.wait_said("relay.stands_by")
    with Changes() as changes:
        for turn in range(3):
            seen = changes.versions
            wait_for(lambda seen=seen: changes.versions > seen + 5, "work")
            assert owner.split(":")[1] == str(holder.process.pid)
            holder.send(signal.SIGSTOP)
            owner = wait_for(another_owner(owner), "the takeover", 15)
            seen = changes.versions
            wait_for(lambda seen=seen: changes.versions > seen + 5, "work of the other")
            holder, other = other, wake(holder, workers, f"again-{turn}")
    wait_for(lambda: not pending(), "the rest")
    found = read_all()
    expected = list(range(1, changes.versions + 1))
    assert {key: first_deliveries(versions) for key, versions in found.items()} == {
        f"b{number}": expected for number in range(10)
    }
    print("published twice:", sum(len(v) for v in found.values()) - 10 * len(expected))


def test_an_event_that_is_too_large_stands_aside_and_the_others_go_on(workers):
    relay = workers.relay("first")
    large = add("b1", 1, message="x" * 1_100_000)
    add("b1", 2)
    other = add("b2", 1)
    wait_for(
        lambda: outbox_messages.find_one({"_id": other})["published_at"], "the other booking's"
    )
    row = wait_for(
        lambda: outbox_messages.find_one({"_id": large, "refused_at": {"$ne": None}}), "it"
    )
    assert row["error"].startswith("MessageSizeTooLargeError")
    assert read_all() == {"b2": [1]}
    assert relay.process.poll() is None
