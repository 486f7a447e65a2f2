"""What was lost, what happened twice and what overtook, by what stands in the database.

The outbox has every event that was to be applied; the notes of `recorder.py` are what was.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from bson import ObjectId

from apps.bookings.invariants import breaches
from apps.bookings.rows import bookings
from apps.common.clock import utc_now
from apps.events.rows import dead_letters, inbox_messages, outbox_messages
from apps.notifications.rows import notifications
from apps.owners.rows import booking_facts
from apps.properties.services.search_rebuild import entries_differing
from faults import load
from faults.backbone.recorder import effect_notes
from faults.load import Answer, Tally

READERS: Mapping[str, Sequence[str]] = {
    "booking-requests": ["owners"],
    "booking-updates": ["owners", "travelers"],
    "booking-confirmations": ["travelers"],
    "booking-cancellations": ["owners"],
    "notifications": ["notifications"],
}
TOPICS_OF: Mapping[str, Sequence[str]] = {
    "pending": ["booking-requests"],
    "confirmed": ["booking-updates", "booking-confirmations"],
    "declined": ["booking-updates"],
    "cancelled": ["booking-updates", "booking-cancellations"],
}
Rows = Iterable[Mapping[str, Any]]
Findings = dict[str, list[str]]


def judge(tally: Tally) -> Findings:
    """What was found, by what is wrong; empty lists are good."""
    events, notes = list(outbox_messages.find({})), list(_notes())
    return {
        "acknowledged and not in the booking": load.losses(tally),
        "acknowledged without an event on its topics": list(eventless(tally.acknowledged, events)),
        "events that a group did not apply": list(unapplied(events, notes)),
        "acknowledged changes that nobody was notified of": list(unnotified(events)),
        "effects applied twice": [*twice(notes), *notified_twice()],
        "events that overtook an earlier one": list(overtaken(notes)),
        "bookings whose facts are not theirs": list(facts_differ()),
        "search entries that differ": list(map(str, entries_differing())),
        "dead letters": [row["error"] for row in dead_letters.find({})],
        "strange answers": tally.strange,
        "broken invariants": [
            f"{what}: {one}" for what, found in breaches(now=utc_now()).items() for one in found
        ],
    }


def pending() -> int:
    """How many events wait to be published or applied."""
    events = list(outbox_messages.find({}, {"topics": 1, "published_at": 1}))
    waiting = sum(event["published_at"] is None for event in events)
    return waiting + sum(1 for _ in unapplied(events, _notes()))


def _notes() -> Rows:
    return effect_notes.find({})


def eventless(answers: Iterable[Answer], events: Rows) -> Iterator[str]:
    topics = {(row["aggregate_id"], row["version"]): set(row["topics"]) for row in events}
    for one in answers:
        booking_id, version = one.body["id"], one.body["version"]
        found = topics.get((f"booking:{booking_id}", version), set())
        if not found >= set(TOPICS_OF[one.body["status"]]):
            yield f"{one.sent}: version {version} of {booking_id} is on {sorted(found) or 'none'}"


def unapplied(events: Rows, notes: Rows) -> Iterator[str]:
    applied = {f"{note['consumer']}:{note['event_id']}" for note in notes}
    inbox = {row["_id"] for row in inbox_messages.find({}, {"_id": 1})}
    for event in events:
        for topic in event["topics"]:
            for group in READERS.get(topic, ()):
                message_id = f"{group}:{topic}:{event['_id']}"
                if message_id not in applied:
                    yield f"{message_id} has no effect"
                elif message_id not in inbox:
                    yield f"{message_id} has no inbox record"


def twice(notes: Rows) -> Iterator[str]:
    pids: dict[str, list[int]] = defaultdict(list)
    for note in notes:
        pids[f"{note['consumer']}:{note['event_id']}"].append(note["pid"])
    for message_id, found in pids.items():
        if len(found) > 1:
            yield f"{message_id} was applied by the processes {found}"


def overtaken(notes: Rows) -> Iterator[str]:
    """By what was applied first of each event; a second time is counted by `twice`."""
    applied: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for note in sorted(notes, key=lambda note: note["place"]):
        if note["consumer"] != "notifications:notifications":
            of_booking = applied[note["consumer"], note["booking_id"]]
            of_booking.setdefault(note["version"], note["place"])
    for (consumer, booking_id), places in applied.items():
        for before, after in pairwise(places):
            if before > after:
                yield f"{consumer}: version {before} of {booking_id} came before version {after}"


def unnotified(events: Rows) -> Iterator[str]:
    """Items that the feeds lack, by our own idea of who must be notified of what."""
    fed = {str(row["_id"]) for row in notifications.find({}, {"_id": 1})}
    ids = {(row["aggregate_id"], row["version"]): row["_id"] for row in events}
    for booking in bookings.find({}):
        for version, change in enumerate(booking["history"], start=1):
            who, kind = _concerned(booking, change)
            event_id = ids.get((f"booking:{booking['_id']}", version), "")
            if str(uuid.uuid5(uuid.NAMESPACE_OID, f"{event_id}:{who}:{kind}")) not in fed:
                yield f"{who} of {kind}, version {version} of {booking['_id']}"


def _concerned(booking: Mapping[str, Any], change: Mapping[str, Any]) -> tuple[ObjectId, str]:
    status, by_host = change["to_status"], change["actor"] == "owner"
    if status == "pending":
        return booking["host_id"], "booking_requested"
    if status == "cancelled" and not by_host:
        return booking["host_id"], "booking_cancelled"
    return booking["guest_id"], f"booking_{status}"


def notified_twice() -> Iterator[str]:
    """Each of these happens once to a booking, whatever the ids of the items say."""
    names = ("booking_id", "user_id", "kind")
    group: Any = {"_id": {name: f"${name}" for name in names}, "count": {"$sum": 1}}
    stages: list[dict[str, Any]] = [{"$group": group}, {"$match": {"count": {"$gt": 1}}}]
    for row in notifications.aggregate(stages):
        yield f"{row['count']} items: {row['_id']}"


def facts_differ() -> Iterator[str]:
    facts = {row["_id"]: row for row in booking_facts.find({})}
    for booking in bookings.find({}, {"version": 1, "status": 1}):
        fact = facts.get(str(booking["_id"]))
        found = (fact["version"], fact["status"]) if fact else (None, None)
        if found != (booking["version"], booking["status"]):
            yield f"{booking['_id']}: {found}"
