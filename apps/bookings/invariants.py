"""What must hold of all bookings at any time, whatever raced or failed. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.states import RELEASES_NIGHTS, TRANSITIONS
from apps.common import mongo
from apps.events.models import OUTBOX_SECONDS
from apps.properties.enums import ClaimKind
from apps.properties.nights import nights_of

HOLDS_NIGHTS = [status.value for status in Status if status not in RELEASES_NIGHTS]
FIELDS = {"listing_id": 1, "check_in": 1, "check_out": 1, "status": 1, "version": 1, "history": 1}


def breaches(*, now: dt.datetime) -> dict[str, list[str]]:
    """The ids of the bookings that break each invariant; quiet systems only, since the reads are
    not one snapshot."""
    held = _claims()
    found: dict[str, list[str]] = {
        "stays of one listing that overlap": list(_overlaps()),
        "bookings whose claims are not exactly their nights": [],
        "bookings with a history that the state table does not allow": [],
    }
    for booking in _bookings({}):
        name = str(booking["_id"])
        if held.pop(name, set()) != _nights(booking):
            found["bookings whose claims are not exactly their nights"].append(name)
        if not _is_legal(booking):
            found["bookings with a history that the state table does not allow"].append(name)
    found["night claims without their booking"] = list(held)
    found["changes without their event, or events without their change"] = list(_eventless(now))
    return found


def _bookings(query: dict[str, Any], **options: Any) -> Iterator[dict[str, Any]]:
    yield from mongo.collection("bookings").find(query, FIELDS, **options)


def _nights(booking: dict[str, Any]) -> set[dt.date]:
    if booking["status"] not in HOLDS_NIGHTS:
        return set()
    return set(nights_of(booking["check_in"].date(), booking["check_out"].date()))


def _claims() -> dict[str, set[dt.date]]:
    held: dict[str, set[dt.date]] = defaultdict(set)
    query = {"kind": ClaimKind.BOOKING.value}
    for row in mongo.collection("night_claims").find(query, {"owner_id": 1, "night": 1}):
        held[row["owner_id"]].add(row["night"].date())
    return dict(held)


def _overlaps() -> Iterator[str]:
    order = [("listing_id", 1), ("check_in", 1)]
    held = _bookings({"status": {"$in": HOLDS_NIGHTS}}, sort=order, allow_disk_use=True)
    for earlier, later in pairwise(held):
        same = earlier["listing_id"] == later["listing_id"]
        if same and later["check_in"] < earlier["check_out"]:
            yield str(later["_id"])


def _is_legal(booking: dict[str, Any]) -> bool:
    """Every change follows from the one before by a row of the state table."""
    history = booking["history"]
    first = history[0]
    if (first["action"], first["to_status"]) != (Action.REQUEST, Status.PENDING):
        return False
    for before, change in pairwise(history):
        key = (Status(before["to_status"]), Action(change["action"]), Actor(change["actor"]))
        if change["from_status"] != before["to_status"]:
            return False
        if TRANSITIONS.get(key) != change["to_status"]:
            return False
    return len(history) == booking["version"] and history[-1]["to_status"] == booking["status"]


def _eventless(now: dt.datetime) -> Iterator[str]:
    """Of the bookings that are younger than the outbox keeps what it published."""
    since = now - dt.timedelta(seconds=OUTBOX_SECONDS)
    stages: list[dict[str, Any]] = [
        {"$match": {"aggregate_id": {"$gte": "booking:", "$lt": "booking;"}}},
        {"$group": {"_id": "$aggregate_id", "versions": {"$sum": 1}, "last": {"$max": "$version"}}},
    ]
    events = {
        row["_id"].removeprefix("booking:"): (row["versions"], row["last"])
        for row in mongo.collection("outbox").aggregate(stages, allowDiskUse=True)
    }
    for booking in _bookings({"created_at": {"$gt": since}}):
        name = str(booking["_id"])
        if events.pop(name, None) != (booking["version"], booking["version"]):
            yield name
    known = {str(row["_id"]) for row in mongo.collection("bookings").find({}, {"_id": 1})}
    yield from (name for name in events if name not in known)
