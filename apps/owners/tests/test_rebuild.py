"""The statistics made again out of Kafka: facts that consumers made, spoilt, found and mended."""

import datetime as dt
import io
import threading
import time
import uuid
from contextlib import closing, suppress

import orjson
import pytest
from bson import ObjectId
from django.core.management import CommandError, call_command

from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change
from apps.common import mongo
from apps.events import leases
from apps.events.clients import kafka_clients
from apps.events.consumer.history import TopicHistory
from apps.events.dead_letters.records import OPEN
from apps.events.dead_letters.replay import dead_letter_discard, dead_letter_replay
from apps.events.tests.consuming import consuming
from apps.events.tests.waiting import wait_for
from apps.events.topics import wire_name
from apps.owners.handlers import HANDLERS
from apps.owners.management import rebuilding
from apps.owners.management.rebuilding import Rebuild
from apps.owners.services import FACT_EVENTS, facts_prepare

EVENTS, BOOKINGS = 12_000, 3_000
WAIT = 20


def _live():
    return mongo.collection("booking_facts")


def _facts():
    return {row["_id"]: row for row in _live().find()}


class Statistics:
    """What the command says, and whether it found the facts to be those of the topics."""

    def __init__(self, *, wait=WAIT, **options):
        out, self.equal = io.StringIO(), False
        with suppress(SystemExit):
            call_command("rebuild_statistics", stdout=out, wait=wait, **options)
            self.equal = True
        self.text = out.getvalue()
        sides = [line.split() for line in self.text.splitlines() if " facts  " in line]
        (self.in_topics, self.in_live) = (int(side[1].replace(",", "")) for side in sides)
        assert (sides[0][3] == sides[1][3]) is self.equal
        assert "booking_facts_shadow" not in mongo.database().list_collection_names()

    def names(self, booking_id):
        """What is said of a booking."""
        lines = [line.strip() for line in self.text.splitlines()]
        found = [line.split(": ", 1)[1] for line in lines if line.startswith(f"{booking_id}: ")]
        return found[0] if found else None


def _check(**options):
    return Statistics(check=True, **options)


def _publish(relay):
    while relay.publish_batch():
        pass


def _handled():
    """Every event of a booking is in the inbox of the owners, or is a dead letter of theirs."""
    rows = mongo.collection("outbox").find({"aggregate_id": {"$regex": "^booking:"}})
    inbox, letters = mongo.collection("inbox"), mongo.collection("dead_letters")
    for row in rows:
        for topic in set(row["topics"]) & HANDLERS.keys():
            lettered = {"event_id": row["_id"], "consumer": f"owners:{topic}"}
            if not inbox.find_one({"_id": f"owners:{topic}:{row['_id']}"}) and not (
                letters.find_one(lettered)
            ):
                return False
    return True


def _consume(until=_handled):
    with consuming(HANDLERS, group="owners"):
        wait_for(until, "the owners' handlers")


def _accept(booking, now):
    accepted = {"action": Action.ACCEPT, "actor": Actor.OWNER}
    booking_change(booking_id=booking["_id"], **accepted, now=now)


@pytest.fixture
def lived(book, relay, now):
    """The ids of eight bookings, every other of which was accepted, with their facts."""
    bookings = [book(days=10 + 3 * place) for place in range(8)]
    for booking in bookings[::2]:
        _accept(booking, now + dt.timedelta(minutes=1))
    _publish(relay)
    _consume()
    ids = [str(booking["_id"]) for booking in bookings]
    assert set(_facts()) == set(ids)
    return ids


def _bogus(**fields):
    known = next(iter(_facts().values()))
    bogus = {**known, "_id": str(ObjectId()), "changed_at": dt.datetime(2100, 1, 1), **fields}
    _live().insert_one(bogus)
    return bogus["_id"]


def test_what_the_consumers_made_is_what_the_topics_say(lived):
    before = _facts()
    checked = _check()
    assert (checked.equal, checked.in_topics, checked.in_live) == (True, 8, 8)
    assert "12 events of booking-requests, booking-updates" in checked.text
    rebuilt = Statistics()
    assert rebuilt.equal
    assert "0 mended" in rebuilt.text
    assert _facts() == before


def test_spoilt_facts_are_named_and_mended(lived):
    before = _facts()
    priced, missing, ahead, blank, floating = lived[:5]
    _live().update_one({"_id": priced}, {"$set": {"total": 1}})
    _live().delete_one({"_id": missing})
    _live().update_one({"_id": ahead}, {"$set": {"version": 99, "status": "declined"}})
    _live().update_one({"_id": blank}, {"$unset": {"host_id": ""}})
    _live().update_one({"_id": floating}, {"$set": {"total": float(before[floating]["total"])}})
    bogus = _bogus()
    spoilt = _facts()

    checked = _check()

    assert not checked.equal
    assert (checked.in_topics, checked.in_live) == (8, 8)
    assert checked.names(priced) == f"total is 1, not {before[priced]['total']}"
    assert checked.names(missing) == "missing"
    assert checked.names(ahead) == "status is 'declined', not 'confirmed', version is 99, not 2"
    assert checked.names(blank).startswith("host_id is None, not ObjectId")
    assert checked.names(floating).startswith("total is ")
    assert checked.names(bogus) == "no event tells of it"
    assert _facts() == spoilt

    rebuilt = Statistics()
    assert rebuilt.equal
    assert "6 mended" in rebuilt.text
    assert _facts() == before
    assert _check().equal


def test_all_facts_come_back(lived, host):
    before = _facts()
    _live().drop()
    assert _check().in_live == 0
    assert Statistics().equal
    assert _facts() == before
    assert host.get("/api/owner/analytics").json()["totals"]["nights_sold"] > 0


def test_facts_older_than_the_topics_stay(lived, kafka_prefix):
    """Messages expire by partition: of some bookings the newest event is gone, of some all are."""
    _bogus(_id="older", changed_at=dt.datetime(2020, 1, 1))
    before = _facts()
    _expire("booking-updates")
    checked = _check()
    assert checked.equal
    assert checked.in_topics == 4
    assert "5 older than the topics" in checked.text
    assert Statistics().equal
    _expire("booking-requests")
    assert _check().in_topics == 0
    assert "0 mended" in Statistics().text
    assert _facts() == before


def test_an_expired_topic_still_tells_what_it_holds(lived, relay, book, now):
    before = _facts()
    _expire("booking-updates")
    _expire("booking-requests")
    later = book(days=60)
    _publish(relay)
    _consume()
    _live().update_one({"_id": str(later["_id"])}, {"$set": {"listing_id": ObjectId()}})
    assert "listing_id" in _check().names(str(later["_id"]))
    assert Statistics().equal
    assert set(_facts()) == {*before, str(later["_id"])}
    assert {key: _facts()[key] for key in before} == before


def _expire(topic):
    """All that the topic has, as its retention would."""
    admin = kafka_clients.admin()
    partitions = [kafka_clients.TopicPartition(wire_name(topic), number) for number in range(3)]
    try:
        admin.delete_records(dict.fromkeys(partitions, -1))
    finally:
        admin.close()


def _history():
    return closing(TopicHistory("owners", list(FACT_EVENTS)))


def _rebuild(history):
    rebuild = Rebuild(history, mend=True, still_ours=lambda: None)
    for _ in rebuild.build():
        pass
    return rebuild


@pytest.mark.parametrize("moment", ["after the look", "before the mending"])
def test_a_write_meanwhile_is_kept(lived, relay, now, monkeypatch, moment):
    """A fact whose version is too high refuses the consumer's write, and is mended after it."""
    spoilt, late = lived[1], lived[3]
    _live().update_one({"_id": spoilt}, {"$set": {"version": 99, "priced_version": 99}})
    _live().update_one({"_id": late}, {"$set": {"total": 1}})
    real_compare, real_mend = rebuilding.facts_compare, rebuilding.facts_mend
    reached = []

    def reach(name):
        if name == moment and moment not in reached:
            for booking_id in (spoilt, late):
                _accept({"_id": ObjectId(booking_id)}, now + dt.timedelta(minutes=5))
            _publish(relay)
            _consume()
        reached.append(name)

    def compare(*args, **options):
        found = real_compare(*args, **options)
        reach("after the look")
        return found

    def mend(differences):
        reach("before the mending")
        return real_mend(differences)

    monkeypatch.setattr(rebuilding, "facts_compare", compare)
    monkeypatch.setattr(rebuilding, "facts_mend", mend)
    with _history() as history:
        assert _rebuild(history).settle(WAIT) == []
    assert moment in reached
    for booking_id in (spoilt, late):
        fact = _facts()[booking_id]
        assert (fact["version"], fact["status"], fact["total"]) == (2, "confirmed", 30_240)
    assert _check().equal


def test_a_rename_would_lose_that_write(lived, relay, now):
    """The twin: the shadow takes the place of the live facts as it was built."""
    late = lived[1]
    with _history() as history:
        _rebuild(history)
        _accept({"_id": ObjectId(late)}, now + dt.timedelta(minutes=5))
        _publish(relay)
        _consume()
        mongo.collection("booking_facts_shadow").rename("booking_facts", dropTarget=True)
        facts_prepare()
    checked = _check()
    assert not checked.equal
    assert "version is 1, not 2" in checked.names(late)


def test_bookings_go_on_while_it_checks_and_rebuilds(lived, book, relay, now):
    stop, failures = threading.Event(), []

    def live():
        try:
            for place in range(200):
                if stop.is_set():
                    return
                booking = book(days=40 + 3 * place)
                _accept(booking, now + dt.timedelta(minutes=1))
                _publish(relay)
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=live)
    with consuming(HANDLERS, group="owners"):
        thread.start()
        try:
            wait_for(lambda: len(_facts()) > 10, "the first bookings")
            assert _check(wait=WAIT).equal
            _live().delete_many({"_id": {"$in": lived}})
            assert Statistics(wait=WAIT).equal
            assert set(lived) <= set(_facts())
        finally:
            stop.set()
            thread.join(WAIT)
        wait_for(_handled, "the last events")
    assert failures == []
    checked = _check()
    assert (checked.equal, checked.in_live) == (
        True,
        mongo.collection("bookings").count_documents({}),
    )


def test_a_group_that_is_behind_is_waited_for(lived, book, relay):
    waits = str(book(days=60)["_id"])
    _publish(relay)
    assert _check(wait=0.5).names(waits) == "missing"
    said = []
    with consuming(HANDLERS, group="owners"):
        said.append(_check(wait=WAIT))
    assert (said[0].equal, said[0].in_live) == (True, 9)


def _send(producer, booking_id, payload, topic="booking-updates", headers=()):
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    call = {"key": booking_id.encode(), "value": body, "headers": list(headers)}
    producer.send(wire_name(topic), **call).get(timeout=10)


def _last_event(booking_id):
    query = {"aggregate_id": f"booking:{booking_id}"}
    return mongo.collection("outbox").find_one(query, sort=[("version", -1)])["payload"]


def test_dead_letters_wait_and_count_once_they_are_replayed(lived, relay, producer, now):
    one = lived[1]
    before = _facts()
    _send(producer, one, b"{poison")
    _accept({"_id": ObjectId(one)}, now + dt.timedelta(minutes=5))
    _publish(relay)
    letters = mongo.collection("dead_letters")
    _consume(lambda: letters.count_documents({"consumer": "owners:booking-updates"}) == 2)
    assert _facts() == before

    checked = _check()
    assert checked.equal
    assert "2 are dead letters or for other groups" in checked.text
    assert Statistics().equal
    assert _facts() == before

    failed = letters.find_one({"status": "failed"})["_id"]
    dead_letter_discard(letter_id=failed, reason="No JSON", actor="ada", now=now)
    _publish(relay)
    _consume(lambda: letters.count_documents({"status": {"$in": OPEN}}) == 0)
    assert _facts()[one]["status"] == "confirmed"
    assert _check().equal
    _live().delete_many({})
    assert Statistics().equal
    assert _facts()[one]["status"] == "confirmed"


def test_what_a_person_gave_up_stays_away(lived, relay, producer, now):
    """The first waits behind poison, is parked, and is then given up as well."""
    one = lived[1]
    before = _facts()
    _send(producer, one, b"{poison")
    _accept({"_id": ObjectId(one)}, now + dt.timedelta(minutes=5))
    _publish(relay)
    letters = mongo.collection("dead_letters")
    _consume(lambda: letters.count_documents({"consumer": "owners:booking-updates"}) == 2)
    for status in ("parked", "failed"):
        given_up = letters.find_one({"consumer": "owners:booking-updates", "status": status})
        dead_letter_discard(letter_id=given_up["_id"], reason="No", actor="ada", now=now)
    assert Statistics().equal
    assert _facts() == before


def test_a_copy_that_waits_to_be_taken_is_no_difference(lived, relay, producer, now):
    one = lived[1]
    _send(producer, one, b"{poison")
    _accept({"_id": ObjectId(one)}, now + dt.timedelta(minutes=5))
    _publish(relay)
    letters = mongo.collection("dead_letters")
    _consume(lambda: letters.count_documents({"consumer": "owners:booking-updates"}) == 2)
    failed = letters.find_one({"status": "failed"})["_id"]
    assert len(dead_letter_replay(letter_id=failed, actor="ada", now=now)) == 2
    _publish(relay)
    checked = _check(wait=1)
    assert checked.equal
    assert f"1 wait behind a dead letter: {one}" in checked.text
    assert "1 are no booking events" in checked.text


def test_messages_that_are_not_for_the_owners_change_nothing(lived, producer):
    one = lived[0]
    forged = {**_last_event(one), "version": 50, "new_status": "declined"}
    copy = [
        ("replay_of", b"travelers:booking-updates:0:1"),
        ("replay_for", b"travelers:booking-updates"),
        ("replay_number", b"1"),
    ]
    _send(producer, one, forged, headers=copy)
    _consume(lambda: True)
    checked = _check()
    assert checked.equal
    assert "1 are dead letters or for other groups" in checked.text
    assert Statistics().equal
    assert _facts()[one]["version"] == 2


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
    assert f"{BOOKINGS:,} mended" in rebuilt.text
    assert _live().count_documents({"version": 4, "priced_version": 4, "total": 10_400}) == BOOKINGS
    begun = time.monotonic()
    assert _check().in_live == BOOKINGS
    print(f"checked {EVENTS / (time.monotonic() - begun):,.0f} events a second in all")


def test_one_at_a_time(kafka_prefix):
    assert leases.acquire("rebuild_statistics", owner="another", seconds=30)
    with pytest.raises(CommandError, match="Another rebuild"):
        call_command("rebuild_statistics")
    leases.release("rebuild_statistics", owner="another")
    assert _check().in_topics == 0


def test_topics_that_are_not_there_are_told(settings):
    settings.KAFKA_PREFIX = f"t{uuid.uuid4().hex[:8]}-"
    with pytest.raises(CommandError, match=r"no topic .*booking-requests"):
        call_command("rebuild_statistics", check=True)
