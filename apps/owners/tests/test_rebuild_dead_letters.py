"""Statistics checked and rebuilt where messages are dead letters or not for the owners."""

import datetime as dt

import orjson
from bson import ObjectId

from apps.events.dead_letters.records import OPEN
from apps.events.dead_letters.replay import dead_letter_discard, dead_letter_replay
from apps.events.rows import dead_letters, outbox_messages
from apps.events.topics import wire_name
from apps.owners.rows import booking_facts
from apps.owners.tests.rebuilds import Statistics, accept, check, consume, live_facts, publish


def send(producer, booking_id, payload, topic="booking-updates", headers=()):
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    call = {"key": booking_id.encode(), "value": body, "headers": list(headers)}
    producer.send(wire_name(topic), **call).get(timeout=10)


def _last_event(booking_id):
    query = {"aggregate_id": f"booking:{booking_id}"}
    return outbox_messages.find_one(query, sort=[("version", -1)])["payload"]


def test_dead_letters_wait_and_count_once_they_are_replayed(lived, relay, producer, now):
    one = lived[1]
    before = live_facts()
    send(producer, one, b"{poison")
    accept({"_id": ObjectId(one)}, now + dt.timedelta(minutes=5))
    publish(relay)
    consume(lambda: dead_letters.count({"consumer": "owners:booking-updates"}) == 2)
    assert live_facts() == before

    checked = check()
    assert checked.equal
    assert "2 dead letters or for other groups" in checked.text
    assert Statistics().equal
    assert live_facts() == before

    failed = dead_letters.find_one({"status": "failed"})["_id"]
    dead_letter_discard(dead_letter_id=failed, reason="No JSON", actor="ada", now=now)
    publish(relay)
    consume(lambda: dead_letters.count({"status": {"$in": OPEN}}) == 0)
    assert live_facts()[one]["status"] == "confirmed"
    assert check().equal
    booking_facts.delete_many({})
    assert Statistics().equal
    assert live_facts()[one]["status"] == "confirmed"


def test_what_a_person_discarded_stays_away(lived, relay, producer, now):
    """The first is blocked behind a malformed one, and both are then discarded."""
    one = lived[1]
    before = live_facts()
    send(producer, one, b"{poison")
    accept({"_id": ObjectId(one)}, now + dt.timedelta(minutes=5))
    publish(relay)
    consume(lambda: dead_letters.count({"consumer": "owners:booking-updates"}) == 2)
    for status in ("parked", "failed"):
        discarded = dead_letters.find_one({"consumer": "owners:booking-updates", "status": status})
        dead_letter_discard(dead_letter_id=discarded["_id"], reason="No", actor="ada", now=now)
    assert Statistics().equal
    assert live_facts() == before


def test_a_copy_that_waits_to_be_consumed_is_no_difference(lived, relay, producer, now):
    one = lived[1]
    send(producer, one, b"{poison")
    accept({"_id": ObjectId(one)}, now + dt.timedelta(minutes=5))
    publish(relay)
    consume(lambda: dead_letters.count({"consumer": "owners:booking-updates"}) == 2)
    failed = dead_letters.find_one({"status": "failed"})["_id"]
    assert len(dead_letter_replay(dead_letter_id=failed, actor="ada", now=now)) == 2
    publish(relay)
    checked = check(wait=1)
    assert checked.equal
    assert f"1 blocked behind a dead letter: {one}" in checked.text
    assert "1 malformed" in checked.text


def test_messages_that_are_not_for_the_owners_change_nothing(lived, producer):
    one = lived[0]
    forged = {**_last_event(one), "version": 50, "new_status": "declined"}
    copy = [
        ("replay_of", b"travelers:booking-updates:0:1"),
        ("replay_for", b"travelers:booking-updates"),
        ("replay_number", b"1"),
    ]
    send(producer, one, forged, headers=copy)
    consume(lambda: True)
    checked = check()
    assert checked.equal
    assert "1 dead letters or for other groups" in checked.text
    assert Statistics().equal
    assert live_facts()[one]["version"] == 2
