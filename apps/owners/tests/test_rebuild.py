"""Statistics rebuilt from Kafka: facts that consumers made, spoilt, found and repaired."""

import datetime as dt
import time
import uuid

import orjson
import pytest
from bson import ObjectId
from django.core.management import CommandError, call_command

from apps.events import leases
from apps.events.clients import kafka_clients
from apps.events.topics import wire_name
from apps.owners.rows import booking_facts
from apps.owners.tests.rebuilds import Statistics, add_bogus, check, consume, live_facts, publish

EVENTS, BOOKINGS = 12_000, 3_000


def test_what_the_consumers_made_is_what_the_topics_say(lived):
    before = live_facts()
    checked = check()
    assert (checked.equal, checked.in_topics, checked.in_live) == (True, 8, 8)
    assert "12 events of booking-requests, booking-updates" in checked.text
    rebuilt = Statistics()
    assert rebuilt.equal
    assert "0 repaired" in rebuilt.text
    assert live_facts() == before


def test_spoilt_facts_are_named_and_repaired(lived):
    before = live_facts()
    priced, missing, ahead, blank, floating = lived[:5]
    booking_facts.update_one({"_id": priced}, {"$set": {"total": 1}})
    booking_facts.delete_one({"_id": missing})
    booking_facts.update_one({"_id": ahead}, {"$set": {"version": 99, "status": "declined"}})
    booking_facts.update_one({"_id": blank}, {"$unset": {"host_id": ""}})
    booking_facts.update_one(
        {"_id": floating}, {"$set": {"total": float(before[floating]["total"])}}
    )
    bogus = add_bogus()
    spoilt = live_facts()

    checked = check()

    assert not checked.equal
    assert (checked.in_topics, checked.in_live) == (8, 8)
    assert checked.names(priced) == f"total is 1, not {before[priced]['total']}"
    assert checked.names(missing) == "missing"
    assert checked.names(ahead) == "status is 'declined', not 'confirmed', version is 99, not 2"
    assert checked.names(blank).startswith("host_id is None, not ObjectId")
    assert checked.names(floating).startswith("total is ")
    assert checked.names(bogus) == "no event of it in the topics"
    assert live_facts() == spoilt

    rebuilt = Statistics()
    assert rebuilt.equal
    assert "6 repaired" in rebuilt.text
    assert live_facts() == before
    assert check().equal


def test_all_facts_come_back(lived, host):
    before = live_facts()
    booking_facts.collection.drop()
    assert check().in_live == 0
    assert Statistics().equal
    assert live_facts() == before
    assert host.get("/api/owner/analytics").json()["totals"]["nights_sold"] > 0


def test_facts_older_than_the_topics_stay(lived, kafka_prefix):
    """Messages expire by partition: of some bookings the newest event is gone, of some all are."""
    add_bogus(_id="older", changed_at=dt.datetime(2020, 1, 1))
    before = live_facts()
    _expire("booking-updates")
    checked = check()
    assert checked.equal
    assert checked.in_topics == 4
    assert "5 older than the topics" in checked.text
    assert Statistics().equal
    _expire("booking-requests")
    assert check().in_topics == 0
    assert "0 repaired" in Statistics().text
    assert live_facts() == before


def test_an_expired_topic_still_says_what_it_holds(lived, relay, book, now):
    before = live_facts()
    _expire("booking-updates")
    _expire("booking-requests")
    later = book(days=60)
    publish(relay)
    consume()
    booking_facts.update_one({"_id": str(later["_id"])}, {"$set": {"listing_id": ObjectId()}})
    assert "listing_id" in check().names(str(later["_id"]))
    assert Statistics().equal
    assert set(live_facts()) == {*before, str(later["_id"])}
    assert {key: live_facts()[key] for key in before} == before


def _expire(topic):
    """All that the topic has, as its retention would."""
    admin = kafka_clients.admin()
    partitions = [kafka_clients.TopicPartition(wire_name(topic), number) for number in range(3)]
    try:
        admin.delete_records(dict.fromkeys(partitions, -1))
    finally:
        admin.close()


def test_many_events_in_little_time(producer, now):
    """No time is asserted: the figures are for the reader."""
    hosts, listing, guest = [str(ObjectId()) for _ in range(20)], str(ObjectId()), str(ObjectId())
    for number in range(EVENTS):
        place, version = number % BOOKINGS, number // BOOKINGS + 1
        booking_id = f"{place:024x}"
        payload = {
            "event_id": str(uuid.uuid4()),
            "timestamp": f"2030-01-{version:02}T00:00:00Z",
            "version": version,
            "booking_id": booking_id,
            "listing_id": listing,
            "guest_id": guest,
            "host_id": hosts[place % 20],
            "check_in": "2030-12-04",
            "check_out": "2030-12-08",
            "total_price": 100.0 + version,
            "currency": "EUR",
        }
        changed = {"previous_status": "pending", "new_status": "confirmed", "updated_by": "x"}
        if version == 1:
            payload |= {"event_type": "booking_created", "status": "pending"}
        else:
            payload |= {"event_type": "booking_status_updated", **changed, "message": "m"}
        topic = "booking-requests" if version == 1 else "booking-updates"
        key, value = booking_id.encode(), orjson.dumps(payload)
        producer.send(wire_name(topic), key=key, value=value)
    producer.flush(timeout=60)
    begun = time.monotonic()
    rebuilt = Statistics(wait=60)
    print(rebuilt.text, f"{EVENTS / (time.monotonic() - begun):,.0f} events a second in all")
    assert rebuilt.equal
    assert f"{BOOKINGS:,} repaired" in rebuilt.text
    assert booking_facts.count({"version": 4, "priced_version": 4, "total": 10_400}) == BOOKINGS
    begun = time.monotonic()
    assert check().in_live == BOOKINGS
    print(f"checked {EVENTS / (time.monotonic() - begun):,.0f} events a second in all")


def test_one_at_a_time(kafka_prefix):
    assert leases.acquire("rebuild_statistics", owner="another", seconds=30)
    with pytest.raises(CommandError, match="Another rebuild"):
        call_command("rebuild_statistics")
    leases.release("rebuild_statistics", owner="another")
    assert check().in_topics == 0


def test_missing_topics_are_reported(settings):
    settings.KAFKA_PREFIX = f"t{uuid.uuid4().hex[:8]}-"
    with pytest.raises(CommandError, match=r"no topic .*booking-requests"):
        call_command("rebuild_statistics", check=True)
