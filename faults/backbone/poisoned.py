"""What is done to one consumer group, owners, with poison, and what became of it."""

import uuid
from contextlib import ExitStack
from typing import Any, Self

import orjson
from bson import ObjectId

from apps.common.clock import instant, utc_now
from apps.events.clients import kafka_clients
from apps.events.dead_letters.records import FAILED
from apps.events.rows import DeadLetterRow, dead_letters, outbox_messages
from apps.events.topics import BOOKING_UPDATES, wire_name
from faults.backbone import oracle, wire
from faults.backbone.recorder import bug_add, bug_mend, effect_notes
from faults.backbone.traffic import Place
from faults.fixtures import Person, listings_add, people_add, stay_of

GROUP = "owners"
CONSUMER = f"{GROUP}:{BOOKING_UPDATES}"


class Poisoned:
    def __init__(self) -> None:
        self.place = Place(ObjectId(), ObjectId(), [ObjectId()])
        self.guest = Person(self.place.guest_id)
        self.host = Person(self.place.host_id, "owner")
        self.booked = 0
        self.sent: dict[str, Any] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        people_add([self.place.host_id], "owner")
        people_add([self.place.guest_id])
        listings_add(self.place.host_id, self.place.listing_ids)
        self.producer = kafka_clients.producer()
        self._open.callback(self.producer.close, timeout=5)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def book(self) -> str:
        self.booked += 1
        stay = stay_of(self.place.listing_ids[0], start=3 * self.booked)
        return str(self.guest.post("/api/bookings", stay).body["id"])

    def accept_and_cancel(self, booking_id: str) -> None:
        self.host.post(f"/api/owner/bookings/{booking_id}/accept")
        self.guest.post(f"/api/bookings/{booking_id}/cancel")

    def good(self, booking_id: str) -> dict[str, Any]:
        """An event that the group would handle."""
        row: Any = outbox_messages.find_one({"key": booking_id, "version": 1}) or {}
        changed = {
            "event_type": "booking_status_updated",
            "event_id": str(uuid.uuid4()),
            "timestamp": instant(utc_now()),
            "previous_status": "pending",
            "new_status": "pending",
            "updated_by": "faults",
            "message": "nothing",
        }
        return {**row["payload"], **changed}

    def send(self, booking_id: str, content: Any) -> None:
        value = content if isinstance(content, bytes) else orjson.dumps(content)
        future = self.producer.send(
            wire_name(BOOKING_UPDATES), key=booking_id.encode(), value=value
        )
        self.producer.flush(timeout=30)
        self.sent[booking_id] = future.get(timeout=30)

    def break_for(self, booking_id: str) -> None:
        bug_add(booking_id)

    def mend_for(self, booking_id: str) -> None:
        bug_mend(booking_id)

    def dead_letters(self, **query: Any) -> list[DeadLetterRow]:
        found = dead_letters.find(query)
        return list(found.sort([("partition", 1), ("offset", 1)]))

    def without_dead_letter(self) -> list[str]:
        """Messages of ours, by what Kafka said of where they are, without a dead letter."""
        return [
            f"{at.topic} {at.partition} {at.offset}"
            for booking_id, at in self.sent.items()
            if not self.dead_letters(key=booking_id, partition=at.partition, offset=at.offset)
        ]

    def is_stuck(self, booking_id: str) -> bool:
        """One failed, and all later events of the booking on that topic behind it."""
        found = self.dead_letters(consumer=CONSUMER, key=booking_id)
        behind = 2 if booking_id in self.sent else 1
        return [one["status"] for one in found] == [FAILED, *["parked"] * behind]

    def is_whole(self, booking_id: str) -> bool:
        """Both changes took effect, the cancellation on both of its topics."""
        query = {"booking_id": booking_id, "version": {"$gt": 1}}
        return effect_notes.count(query) == 3  # noqa: PLR2004

    def applied_behind(self, booking_id: str) -> list[str]:
        query = {"booking_id": booking_id, "consumer": CONSUMER}
        notes = effect_notes.find(query)
        return [f"version {note['version']} of {booking_id}" for note in notes]

    def repeat(self) -> int:
        """Has the relay publish all copies once more."""
        copies = {"value": {"$exists": True}}
        again = {"$set": {"published_at": None}}
        return outbox_messages.update_many(copies, again).modified_count

    def is_quiet(self) -> bool:
        waiting = outbox_messages.count({"published_at": None})
        return not waiting and not wire.unread([GROUP])

    def notes(self) -> list[ObjectId]:
        return list(effect_notes.distinct("_id", {}))

    def news(self, before: list[ObjectId]) -> list[str]:
        return [str(one) for one in set(self.notes()) - set(before)]

    def order(self) -> dict[str, list[str]]:
        notes = list(effect_notes.find({}))
        return {
            "effects applied twice": list(oracle.twice(notes)),
            "events that overtook an earlier one": list(oracle.overtaken(notes)),
        }
