"""What judges the faults of the backbone sees a loss, a double and a wrong order."""

import uuid

import pytest
from bson import ObjectId

from apps.bookings.rows import bookings
from apps.events.rows import inbox_messages, outbox_messages
from apps.notifications.rows import notifications
from apps.owners.rows import booking_facts
from faults.backbone import oracle
from faults.backbone.arrivals import Said, events
from faults.backbone.verdict import Verdict
from faults.load import Answer

BOOKING = "6b0a529f34efc9a4881c8879"
CONSUMER = "owners:booking-updates"


def event(version=1, *, topics=("booking-requests",)):
    row = {
        "_id": str(uuid.uuid4()),
        "aggregate_id": f"booking:{BOOKING}",
        "version": version,
        "topics": list(topics),
    }
    outbox_messages.insert_one({**row, "published_at": None})
    return row


def note(row, consumer="owners:booking-requests", *, place=1, pid=1):
    return {
        "consumer": consumer,
        "event_id": row["_id"],
        "booking_id": BOOKING,
        "version": row["version"],
        "place": place,
        "pid": pid,
    }


def received(row, consumer="owners:booking-requests"):
    inbox_messages.insert_one({"_id": f"{consumer}:{row['_id']}"})


def answer(status="pending", version=1):
    return Answer(
        "call", ObjectId(), {}, "201", {"id": BOOKING, "status": status, "version": version}
    )


def test_what_was_applied_once_is_no_finding():
    row = event()
    received(row)
    assert list(oracle.unapplied([row], [note(row)])) == []
    assert list(oracle.eventless([answer()], [row])) == []
    assert list(oracle.twice([note(row)])) == []


def test_an_acknowledged_change_without_its_event_is_a_loss():
    row = event()
    (lost,) = oracle.eventless([answer(), answer("confirmed", 2)], [row])
    assert lost == f"call: version 2 of {BOOKING} is on none"


def test_an_event_on_too_few_topics_is_a_loss():
    row = event(2, topics=["booking-updates"])
    assert list(oracle.eventless([answer("declined", 2)], [row])) == []
    (lost,) = oracle.eventless([answer("cancelled", 2)], [row])
    assert lost == f"call: version 2 of {BOOKING} is on ['booking-updates']"


def test_an_event_that_one_group_did_not_apply_is_a_loss():
    row = event(2, topics=["booking-updates"])
    received(row, CONSUMER)
    found = list(oracle.unapplied([row], [note(row, CONSUMER)]))
    assert found == [f"travelers:booking-updates:{row['_id']} has no effect"]


def test_an_effect_without_its_inbox_record_is_told():
    row = event()
    found = list(oracle.unapplied([row], [note(row)]))
    assert found == [f"owners:booking-requests:{row['_id']} has no inbox record"]


def test_two_notes_of_an_event_are_a_double():
    row = event()
    found = list(oracle.twice([note(row, pid=7), note(row, pid=8)]))
    assert found == [f"owners:booking-requests:{row['_id']} was applied by the processes [7, 8]"]


def test_the_same_event_in_two_groups_is_no_double():
    row = event(2, topics=["booking-updates"])
    notes = [note(row, CONSUMER), note(row, "travelers:booking-updates")]
    assert list(oracle.twice(notes)) == []


def test_a_later_version_that_was_applied_first_is_an_order_violation():
    second, third = event(2), event(3)
    right = [note(third, CONSUMER, place=2), note(second, CONSUMER, place=1)]
    wrong = [note(third, CONSUMER, place=1), note(second, CONSUMER, place=2)]
    assert list(oracle.overtaken(right)) == []
    found = f"{CONSUMER}: version 3 of {BOOKING} came before version 2"
    assert list(oracle.overtaken(wrong)) == [found]


def test_a_repeated_event_is_no_order_violation():
    second, third = event(2), event(3)
    notes = [note(row, CONSUMER, place=place) for place, row in enumerate([second, third, second])]
    assert list(oracle.overtaken(notes)) == []
    assert len(list(oracle.twice(notes))) == 1


@pytest.fixture
def requested():
    """A booking and the event of its request."""
    people = {"guest_id": ObjectId(), "host_id": ObjectId()}
    history = [{"to_status": "pending", "actor": "guest"}]
    values = {"version": 1, "status": "pending", "history": history}
    booking = {"_id": ObjectId(BOOKING), **people, **values}
    bookings.insert_one(booking)
    return booking, event()


def item_id(row, booking):
    name = f"{row['_id']}:{booking['host_id']}:booking_requested"
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def test_a_host_who_was_not_told_is_a_loss(requested):
    booking, row = requested
    (found,) = oracle.unnotified([row])
    assert found == f"{booking['host_id']} of booking_requested, version 1 of {BOOKING}"
    notifications.insert_one({"_id": item_id(row, booking)})
    assert list(oracle.unnotified([row])) == []


def test_two_items_of_one_change_are_a_double():
    item = {"booking_id": BOOKING, "user_id": ObjectId(), "kind": "booking_requested"}
    notifications.insert_one({"_id": "a", **item})
    assert list(oracle.notified_twice()) == []
    notifications.insert_one({"_id": "b", **item})
    (found,) = oracle.notified_twice()
    assert found.startswith("2 items: ")


def test_facts_of_an_older_version_are_told(requested):
    facts = booking_facts
    assert list(oracle.facts_differ()) == [f"{BOOKING}: (None, None)"]
    facts.insert_one({"_id": BOOKING, "version": 1, "status": "pending"})
    assert list(oracle.facts_differ()) == []
    bookings.update_one({}, {"$set": {"version": 2, "status": "confirmed"}})
    assert list(oracle.facts_differ()) == [f"{BOOKING}: (1, 'pending')"]


def test_a_verdict_without_findings_does_not_hold():
    assert not Verdict().holds
    assert Verdict(findings={"losses": []}).holds
    broken = Verdict(findings={"losses": ["one", "two"], "doubles": []})
    assert not broken.holds
    assert broken.lines() == ["good: 0 doubles", "BREACH losses: 2, one"]


def test_a_stream_of_server_sent_events_is_read():
    lines = [": hello", "", "id: 7", "event: notification", 'data: {"a":', "data: 1}", "", "data:x"]
    assert list(events(lines)) == [Said("7", "notification", '{"a":\n1}')]
