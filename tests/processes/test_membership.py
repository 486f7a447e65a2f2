"""The group's protocol with real processes: who gets which partitions, and when."""

import json
import signal
import threading
import time
import uuid
from itertools import pairwise

import pytest

from apps.events.clients import kafka_clients
from apps.events.tests.effects import effects
from apps.events.tests.waiting import wait_for
from apps.events.topics import wire_name

pytestmark = pytest.mark.slow

PARTITIONS = 3
# MongoDB ends the open transaction of a process that sleeps after a minute.
TRANSACTION_SECONDS = 90


class Traffic:
    """Events of one booking for each partition, a few a second each."""

    def __init__(self, producer):
        self.producer = producer
        self.sent = 0
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def send(self, partition, version, note=""):
        event = {
            "event_type": "booking_created",
            "event_id": str(uuid.uuid4()),
            "timestamp": "2026-01-01T00:00:00Z",
            "version": version,
            "booking_id": str(partition),
            "listing_id": "l1",
            "guest_id": "g1",
            "host_id": "h1",
            "check_in": "2030-01-01",
            "check_out": "2030-01-02",
            "total_price": 1.0,
            "status": "pending",
            "metadata": {"note": note},
        }
        topic, key = wire_name("booking-requests"), str(partition).encode()
        self.producer.send(topic, key=key, value=json.dumps(event).encode(), partition=partition)
        self.sent += 1

    def _run(self):
        version = 0
        while not self.stop.wait(0.15):
            version += 1
            for partition in range(PARTITIONS):
                self.send(partition, version)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()
        self.producer.flush(timeout=10)


def effects_seen():
    return list(effects.find({}).sort("at"))


def owners():
    """Who handled the newest event of each partition."""
    return {row["booking_id"]: row["member"] for row in effects_seen()}


def insist_once_and_in_order(sent):
    wait_for(lambda: len(effects_seen()) >= sent, "all effects")
    found = effects_seen()
    assert len(found) == sent
    for partition in range(PARTITIONS):
        versions = [row["version"] for row in found if row["booking_id"] == str(partition)]
        assert versions == list(range(1, len(versions) + 1))


def revoked(*members):
    told = [line for member in members for line in member.said("consumer.rebalance")]
    return [len(line["partitions"]) for line in told if line["how"] == "revoked"]


def test_one_partition_moves_and_the_others_go_on(workers, producer):
    a, b = workers.member("a"), workers.member("b")
    with Traffic(producer) as traffic:
        wait_for(lambda: set(owners().values()) == {"a", "b"}, "both members")
        seen = len(effects_seen())
        wait_for(lambda: len(effects_seen()) > seen + 30 and len(owners()) == PARTITIONS, "traffic")
        before, gave_up, joined_at = owners(), revoked(a, b), time.time()
        workers.member("c")
        wait_for(lambda: "c" in owners().values(), "the third member")
        wait_for(lambda: time.time() > joined_at + 8, "more traffic")
        after = owners()
    insist_once_and_in_order(traffic.sent)

    moved = [one for one in before if before[one] != after[one]]
    assert len(moved) == 1
    assert set(after.values()) == {"a", "b", "c"}
    assert sorted(revoked(a, b)) == sorted([*gave_up, 1])
    kept = [
        row for row in effects_seen() if row["booking_id"] not in moved and row["at"] > joined_at
    ]
    for partition in before.keys() - set(moved):
        times = [row["at"] for row in kept if row["booking_id"] == partition]
        longest = max(after - before for before, after in pairwise(times))
        print(f"longest pause of a kept partition: {longest:.2f} s")
        assert longest < 3


def moves(member):
    return [line["how"] for line in member.said("consumer.rebalance")]


def rebalances(member):
    return len(moves(member))


def test_a_crashed_static_member_finds_its_partitions_again(workers, producer):
    a = workers.member("a", KAFKA_INSTANCE_ID="a")
    b = workers.member("b", KAFKA_INSTANCE_ID="b")
    with Traffic(producer) as traffic:
        wait_for(lambda: set(owners().values()) == {"a", "b"}, "both members")
        # What was read before the last rebalance may still name the former member.
        seen = len(effects_seen())
        wait_for(lambda: len(effects_seen()) > seen + 60, "traffic after both have joined")
        before, moved = owners(), rebalances(b)
        a.kill()
        killed_at = time.time()
        again = workers.member("a", log="a-again", KAFKA_INSTANCE_ID="a")
        newest = {"member": "a", "at": {"$gt": killed_at}}
        row = wait_for(lambda: effects.find_one(newest), "it again")
        print(f"back after {row['at'] - killed_at:.1f} s")
        wait_for(lambda: owners() == before, "the same owners")
    insist_once_and_in_order(traffic.sent)
    assert rebalances(b) == moved
    assert rebalances(again) == 1


def test_a_second_process_of_one_name_ends_the_first(workers, producer):
    first = workers.member("a", KAFKA_INSTANCE_ID="a")
    first.wait_said("consumer.rebalance")
    second = workers.member("a", log="second", KAFKA_INSTANCE_ID="a")
    assert first.process.wait(20) == 1
    (fatal,) = first.said("worker.fatal")
    assert "FencedInstanceIdError" in fatal["exc_info"]
    with Traffic(producer) as traffic:
        wait_for(lambda: len(effects_seen()) > 20, "traffic")
    insist_once_and_in_order(traffic.sent)
    assert second.process.poll() is None


def members():
    admin = kafka_clients.admin()
    try:
        return len(admin.describe_groups([wire_name("probe")])[wire_name("probe")]["members"])
    finally:
        admin.close()


@pytest.mark.parametrize("instance", ["", "a"], ids=["dynamic", "static"])
def test_a_member_that_is_told_to_end_leaves_at_once(workers, producer, instance):
    member = workers.member("a", KAFKA_INSTANCE_ID=instance)
    member.wait_said("consumer.rebalance")
    assert members() == 1
    assert member.end() == 0
    assert members() == 0


@pytest.mark.parametrize("note", ["slow", "outage"])
def test_it_ends_in_a_long_batch_and_in_a_back_off(workers, producer, note):
    traffic = Traffic(producer)
    for version in range(1, 101):
        traffic.send(0, version, note)
    producer.flush(timeout=10)
    member = workers.member("a")
    if note == "slow":
        wait_for(effects_seen, "an effect")
    else:
        member.wait_said("consumer.failed", 4)
    began = time.monotonic()
    assert member.end() == 0
    assert time.monotonic() - began < 10
    done = len(effects_seen())
    assert done < 50

    next_one = workers.member("b")
    if note == "slow":
        wait_for(lambda: len(effects_seen()) > done, "the next effect")
        next_one.end()
        found = effects_seen()
        assert [row["version"] for row in found] == list(range(1, len(found) + 1))


def test_a_member_that_slept_beyond_its_session_does_nothing_twice(workers, producer):
    a, _b = workers.member("a"), workers.member("b")
    with Traffic(producer) as traffic:
        wait_for(lambda: set(owners().values()) == {"a", "b"}, "both members")
        a.send(signal.SIGSTOP)
        wait_for(lambda: set(owners().values()) == {"b"}, "the other one", TRANSACTION_SECONDS)
        a.send(signal.SIGCONT)
        wait_for(lambda: set(owners().values()) == {"a", "b"}, "both again")
    insist_once_and_in_order(traffic.sent)
    wait_for(lambda: moves(a)[-2:] == ["lost", "assigned"], "its new place")
