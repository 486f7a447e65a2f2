"""Dead letters are sent again by a person, over the outbox and real Kafka."""

import datetime as dt
import io
import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command

from apps.common.errors import ConflictError, InvalidInputError, NotFoundError
from apps.events.dead_letters.replay import dead_letter_discard, dead_letter_replay
from apps.events.rows import dead_letters, inbox_messages, outbox_messages
from apps.events.schemas import BookingCreated
from apps.events.tests.consuming import consuming
from apps.events.tests.effects import effects
from apps.events.tests.waiting import read_topic, wait_for
from apps.events.topics import wire_name

TOPIC = "booking-requests"


def _payload(note, booking_id="b1"):
    return {
        "event_type": "booking_created",
        "event_id": str(uuid.uuid4()),
        "timestamp": "2026-01-01T00:00:00Z",
        "booking_id": booking_id,
        "listing_id": "l1",
        "guest_id": "g1",
        "host_id": "h1",
        "check_in": "2030-01-01",
        "check_out": "2030-01-02",
        "total_price": 1.0,
        "status": "pending",
        "metadata": {"note": note},
    }


class Bench:
    """A handler that fails on what `broken` names, and what it did with the rest."""

    def __init__(self, producer, relay):
        self.producer, self.relay = producer, relay
        self.broken = set()

    def apply(self, event, *, now):
        if event.metadata["note"] in self.broken:
            raise KeyError(event.metadata["note"])
        effects.insert_one({"note": event.metadata["note"]})

    def send(self, *notes, booking_id="b1"):
        for note in notes:
            body = note if isinstance(note, bytes) else json.dumps(_payload(note, booking_id))
            value = body if isinstance(body, bytes) else body.encode()
            future = self.producer.send(wire_name(TOPIC), key=booking_id.encode(), value=value)
            self.producer.flush(timeout=10)
            future.get(timeout=1)

    def consume_until(self, condition, what, group="probe"):
        with consuming({TOPIC: {BookingCreated: self.apply}}, group=group, max_attempts=1):
            wait_for(condition, what)

    @property
    def effects(self):
        return [row["note"] for row in effects.find({}).sort("_id")]

    @property
    def statuses(self):
        found = dead_letters.find({}).sort("offset")
        return [row["status"] for row in found]

    def dead_letter(self, place=0):
        return list(dead_letters.find({}).sort("offset"))[place]["_id"]


@pytest.fixture
def bench(producer, relay):
    return Bench(producer, relay)


@pytest.fixture
def stuck(bench):
    """`bad` failed, `second` and `third` wait behind it."""
    bench.broken = {"bad"}
    bench.send("bad", "second", "third")
    bench.consume_until(lambda: len(bench.statuses) == 3, "the dead letters")
    assert bench.statuses == ["failed", "parked", "parked"]
    assert bench.effects == []
    while bench.relay.publish_batch():
        pass
    return bench


def test_a_replay_takes_effect_once_and_in_order(stuck, now):
    stuck.broken = set()
    head = stuck.dead_letter()

    sent = dead_letter_replay(dead_letter_id=head, actor="ada", now=now)

    assert sent == [stuck.dead_letter(0), stuck.dead_letter(1), stuck.dead_letter(2)]
    assert stuck.statuses == ["replaying"] * 3
    assert stuck.effects == []
    assert dead_letter_replay(dead_letter_id=head, actor="ada", now=now) == []
    assert stuck.relay.publish_batch() == 3
    stuck.consume_until(lambda: stuck.statuses == ["replayed"] * 3, "the replay")
    assert stuck.effects == ["bad", "second", "third"]

    again = dead_letter_replay(dead_letter_id=head, actor="ada", now=now)

    assert again == []
    assert stuck.relay.publish_batch() == 0
    history = dead_letters.find_one({"_id": head})["history"]
    assert [(entry["action"], entry["actor"]) for entry in history] == [
        ("replay", "ada"),
        ("settle", "consumer"),
    ]
    assert history[0]["at"].replace(tzinfo=dt.UTC) == now


def test_four_who_ask_at_once_send_it_once(stuck, now):
    def ask(actor):
        return dead_letter_replay(dead_letter_id=stuck.dead_letter(), actor=actor, now=now)

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(ask, "abcd"))

    assert sorted(map(len, replies)) == [0, 0, 0, 3]
    assert outbox_messages.count({"value": {"$exists": True}}) == 3


def test_the_copy_is_the_message_as_it_came_with_its_event_id(stuck, now):
    stuck.broken = set()
    dead_letter_replay(dead_letter_id=stuck.dead_letter(), actor="ada", now=now)
    stuck.relay.publish_batch()
    messages = read_topic(TOPIC, 6)
    copies = [m for m in messages if "replay_of" in dict(m.headers)]
    originals = {m.value for m in messages if "replay_of" not in dict(m.headers)}
    assert len(copies) == 3
    assert {copy.value for copy in copies} == originals


def test_copies_that_come_twice_take_effect_once(stuck, now):
    stuck.broken = set()
    dead_letter_replay(dead_letter_id=stuck.dead_letter(), actor="ada", now=now)
    stuck.relay.publish_batch()
    outbox_messages.update_many({"value": {"$exists": True}}, {"$set": {"published_at": None}})
    assert stuck.relay.publish_batch() == 3
    stuck.send("last", booking_id="b2")
    stuck.consume_until(lambda: "last" in stuck.effects and "third" in stuck.effects, "the end")
    assert [note for note in stuck.effects if note != "last"] == ["bad", "second", "third"]


def test_a_later_event_waits_for_the_replayed_ones(stuck, now):
    """It comes while the copies are on their way, and takes effect after them."""
    stuck.broken = set()
    dead_letter_replay(dead_letter_id=stuck.dead_letter(), actor="ada", now=now)
    stuck.send("fourth")
    stuck.consume_until(lambda: len(stuck.statuses) == 4, "the fourth dead letter")
    assert stuck.statuses == ["replaying"] * 3 + ["parked"]
    assert stuck.relay.publish_batch() == 4
    stuck.consume_until(lambda: stuck.statuses[:3] == ["replayed"] * 3, "the replay")
    assert stuck.relay.publish_batch() == 1
    stuck.consume_until(lambda: stuck.statuses[3] == "replayed", "the fourth")
    assert stuck.effects == ["bad", "second", "third", "fourth"]
    stuck.send("fifth")
    stuck.consume_until(lambda: "fifth" in stuck.effects, "the fifth")
    assert len(stuck.statuses) == 4


def test_what_is_not_mended_fails_again_and_the_rest_waits(stuck, now):
    head = stuck.dead_letter()
    dead_letter_replay(dead_letter_id=head, actor="ada", now=now)
    stuck.relay.publish_batch()
    stuck.consume_until(lambda: dead_letters.find_one({"_id": head})["attempts"] == 2, "it")
    stuck.consume_until(
        lambda: stuck.statuses == ["failed", "parked", "parked"], "the dead letters"
    )
    assert stuck.effects == []
    stuck.relay.publish_batch()
    failures = [json.loads(message.value) for message in read_topic("booking-dlq", 4)]
    assert [one["attempts"] for one in failures if one["consumer"] and one["version"] == 2] == [2]

    stuck.broken = set()
    dead_letter_replay(dead_letter_id=head, actor="ada", now=now)
    stuck.relay.publish_batch()
    stuck.consume_until(lambda: stuck.statuses == ["replayed"] * 3, "the second replay")
    assert stuck.effects == ["bad", "second", "third"]


def test_old_copies_of_a_second_replay_do_not_overtake(stuck, now):
    """The first replay's copies are read only after the second was asked for."""
    stuck.broken = set()
    dead_letter_replay(dead_letter_id=stuck.dead_letter(), actor="ada", now=now)
    stuck.relay.publish_batch()
    later = now + dt.timedelta(hours=2)
    assert len(dead_letter_replay(dead_letter_id=stuck.dead_letter(), actor="bo", now=later)) == 3
    stuck.send("last", booking_id="b2")
    stuck.consume_until(lambda: "last" in stuck.effects, "the old copies")
    assert stuck.effects == ["last"]
    stuck.relay.publish_batch()
    stuck.consume_until(lambda: stuck.statuses == ["replayed"] * 3, "the second replay")
    assert stuck.effects == ["last", "bad", "second", "third"]


def test_other_groups_leave_the_copy_alone(stuck, now):
    stuck.broken = set()
    dead_letter_replay(dead_letter_id=stuck.dead_letter(), actor="ada", now=now)
    stuck.relay.publish_batch()
    inbox_messages.delete_many({})
    stuck.send("last")
    stuck.consume_until(lambda: "last" in stuck.effects, "the end", group="others")
    assert stuck.effects == ["bad", "second", "third", "last"]
    assert stuck.statuses == ["replaying"] * 3


def test_a_follower_cannot_go_first(stuck, now, counts):
    before = counts()
    with pytest.raises(ConflictError) as refusal:
        dead_letter_replay(dead_letter_id=stuck.dead_letter(1), actor="ada", now=now)
    assert refusal.value.code == "LETTER_WAITS"
    assert refusal.value.details == {"letter_id": stuck.dead_letter(0)}
    with pytest.raises(NotFoundError):
        dead_letter_replay(dead_letter_id="none", actor="ada", now=now)
    assert counts() == before
    assert stuck.statuses == ["failed", "parked", "parked"]


def test_a_discarded_letter_lets_the_others_go(stuck, now):
    head = stuck.dead_letter()
    with pytest.raises(InvalidInputError):
        dead_letter_discard(dead_letter_id=head, reason=" ", actor="ada", now=now)
    assert stuck.statuses == ["failed", "parked", "parked"]

    sent = dead_letter_discard(dead_letter_id=head, reason="A test message", actor="ada", now=now)

    assert sent == [stuck.dead_letter(1), stuck.dead_letter(2)]
    assert dead_letter_discard(dead_letter_id=head, reason="Again", actor="ada", now=now) == []
    stuck.relay.publish_batch()
    stuck.consume_until(lambda: stuck.statuses[1:] == ["replayed"] * 2, "the others")
    assert stuck.effects == ["second", "third"]
    with pytest.raises(ConflictError) as refusal:
        dead_letter_replay(dead_letter_id=head, actor="ada", now=now)
    assert refusal.value.code == "LETTER_DISCARDED"
    entry = dead_letters.find_one({"_id": head})["history"][-1]
    assert (entry["action"], entry["actor"], entry["note"]) == ("discard", "ada", "A test message")


def test_the_next_failed_letter_ends_a_replay(bench, now):
    bench.broken = {"bad"}
    bench.send("bad", "second", b"{poison", "fourth")
    bench.consume_until(lambda: len(bench.statuses) == 4, "the dead letters")
    assert bench.statuses == ["failed", "parked", "failed", "parked"]
    while bench.relay.publish_batch():
        pass
    bench.broken = set()
    sent = dead_letter_replay(dead_letter_id=bench.dead_letter(), actor="ada", now=now)
    assert sent == [bench.dead_letter(0), bench.dead_letter(1)]
    bench.relay.publish_batch()
    bench.consume_until(lambda: bench.statuses[:2] == ["replayed"] * 2, "the replay")
    assert bench.statuses[2:] == ["failed", "parked"]
    assert bench.effects == ["bad", "second"]


def _command(**options):
    out = io.StringIO()
    call_command("replay_dead_letters", stdout=out, **options)
    return out.getvalue()


def test_the_command_lists_and_with_yes_replays(stuck):
    assert "1 dead letters, 3 messages would be sent" in _command()
    assert "0 dead letters" in _command(booking="b2")
    assert "0 dead letters" in _command(error="no such")
    assert "blocked behind" in _command(id=stuck.dead_letter(1))
    assert stuck.statuses == ["failed", "parked", "parked"]

    assert "1 dead letters, 3 messages sent" in _command(booking="b1", error="keyerror", yes=True)

    assert stuck.statuses == ["replaying"] * 3
    row = dead_letters.find_one({"_id": stuck.dead_letter()})
    assert row["history"][0]["actor"].startswith("shell:")


def test_the_command_keeps_a_rate(bench):
    bench.broken = {"bad"}
    for booking in ("b1", "b2", "b3"):
        bench.send("bad", booking_id=booking)
    bench.consume_until(lambda: len(bench.statuses) == 3, "the dead letters")
    with pytest.raises(CommandError, match="rate"):
        _command(yes=True, rate=0.0)
    assert bench.statuses == ["failed"] * 3
    began = time.monotonic()
    assert "3 dead letters, 3 messages sent" in _command(yes=True, rate=5.0)
    assert time.monotonic() - began >= 0.4
