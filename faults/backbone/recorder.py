"""The handlers of all groups, each with a note of what it applied, in the effect's transaction.

A note has an id that no other has: an effect that happens twice leaves two. `place` counts up
for each consumer and booking, in the order of the commits.
"""

import datetime as dt
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypedDict

from bson import ObjectId
from pymongo import ReturnDocument

from apps.common.rows import Rows
from apps.events.consumer import Handlers
from apps.events.schemas import BookingCreated, Event
from apps.events.topics import BOOKING_REQUESTS
from apps.notifications import handlers as notifications
from apps.owners import handlers as owners
from apps.travelers import handlers as travelers
from faults.backbone.settings import FAULTS_EFFECT_SECONDS


class Note(TypedDict):
    """An effect. `place` counts the effects of one consumer and booking."""

    _id: ObjectId
    consumer: str
    event_id: str
    booking_id: str
    version: int
    place: int
    pid: int


effect_notes: Rows[Note] = Rows("faults_applied")
places: Rows[dict[str, Any]] = Rows("faults_places")
bugs: Rows[dict[str, Any]] = Rows("faults_bugs")


class BugError(Exception):
    """What a handler raises for a booking that stands in `faults_bugs`."""


def bug_add(booking_id: str) -> None:
    bugs.insert_one({"_id": booking_id})


def bug_mend(booking_id: str) -> None:
    bugs.delete_one({"_id": booking_id})


def _recorded(group: str, handlers: Handlers) -> Handlers:
    return {
        topic: {
            event: partial(_apply, f"{group}:{topic}", handler)
            for event, handler in by_type.items()
        }
        for topic, by_type in handlers.items()
    }


def _apply(consumer: str, effect: Callable[..., None], event: Event, *, now: dt.datetime) -> None:
    booking_id = getattr(event, "booking_id", "")
    if bugs.find_one({"_id": booking_id}):
        raise BugError(booking_id)
    time.sleep(FAULTS_EFFECT_SECONDS)
    note(consumer, event, booking_id)
    effect(event, now=now)


def note(consumer: str, event: Event, booking_id: str) -> None:
    row: Note = {
        "_id": ObjectId(),
        "consumer": consumer,
        "event_id": event.event_id,
        "booking_id": booking_id,
        "version": event.version,
        "place": _place(f"{consumer}:{booking_id}"),
        "pid": os.getpid(),
    }
    effect_notes.insert_one(row)


def _place(name: str) -> int:
    counter: Any = places.find_one_and_update(
        {"_id": name},
        {"$inc": {"place": 1}},
        upsert=True,
        return_document=ReturnDocument.AFTER,
    )
    return int(counter["place"])


def _nothing(event: Event, *, now: dt.datetime) -> None:
    """The note is the whole effect: nothing but the inbox keeps it from happening twice."""


OWNERS = _recorded("owners", owners.HANDLERS)
TRAVELERS = _recorded("travelers", travelers.HANDLERS)
NOTIFICATIONS = _recorded("notifications", notifications.HANDLERS)
PROBE = _recorded("probe", {BOOKING_REQUESTS: {BookingCreated: _nothing}})
