"""What this app does for a person or a listing that is suspended, restored or erased."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bson import ObjectId

from apps.bookings.enums import Status
from apps.bookings.rows import BookingRow, bookings, holds, idempotency_keys, suspensions
from apps.bookings.services.holds import holds_end
from apps.bookings.services.suspensions import suspension_begin, suspension_end
from apps.common import mongo
from apps.common.parts import Hindrance, Part, Subject, Withdrawal

HINDRANCES = 20
FRAME = ("listing_id", "check_in", "check_out", "guest_count", "total_price", "currency", "status")
AHEAD = {"$in": [Status.PENDING.value, Status.CONFIRMED.value]}


class BookingsPart(Part):
    keeps = MappingProxyType(
        {
            "bookings.guest_id": "stays: the name behind it is erased; special requests are too",
            "bookings.host_id": "stays: the name behind it is erased",
            "bookings.history.actor_id": "stays; the reasons that the person wrote are erased",
            "holds.guest_id": "deleted",
            "idempotency_keys._id": "deleted; MongoDB deletes them after 24 hours anyway",
            "suspensions.subject_id": "stays: the name behind it is erased",
            "suspensions.staff_id": "stays: who of staff decided",
            "suspensions.chosen_by": "stays: who of staff decided",
        }
    )

    def withdraw(self, withdrawal: Withdrawal) -> None:
        suspension_begin(withdrawal)

    def restore(self, subject: Subject, *, now: dt.datetime) -> None:
        suspension_end(subject, now=now)

    def hindrances(self, user_id: ObjectId, *, now: dt.datetime) -> Iterator[Hindrance]:
        """Stays become `completed` on the day after check-out: until then they stand in the way."""
        del now
        query = {"$or": [{"guest_id": user_id}, {"host_id": user_id}], "status": AHEAD}
        for row in bookings.find(query).sort("check_in", 1).limit(HINDRANCES):
            yield _hindrance(row, is_guest=row["guest_id"] == user_id)

    def export(self, user_id: ObjectId) -> Iterator[tuple[str, Any]]:
        """What others wrote or paid is theirs: of a stay at the person's home only its frame."""
        yield "bookings", list(bookings.find({"guest_id": user_id}))
        frame = dict.fromkeys(FRAME, 1)
        yield "hosted_bookings", list(bookings.find({"host_id": user_id}, frame))
        yield "holds", list(holds.find({"guest_id": user_id}))
        about = {"subject_id": user_id}
        yield "suspensions", list(suspensions.find(about, {"stage": 1, "created_at": 1}))

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        del now
        ids = [row["_id"] for row in holds.find({"guest_id": user_id}, {"_id": 1})]
        mongo.run_in_transaction(lambda: holds_end(ids))
        bookings.update_many({"guest_id": user_id}, {"$set": {"special_requests": ""}})
        wrote = {"history.actor_id": str(user_id)}
        own = [{"change.actor_id": str(user_id)}]
        bookings.update_many(
            {**wrote, "cancellation_reason": {"$ne": None}}, {"$set": {"cancellation_reason": None}}
        )
        bookings.update_many(wrote, {"$set": {"history.$[change].reason": ""}}, array_filters=own)
        idempotency_keys.delete_many({"_id": {"$gte": f"{user_id}:", "$lt": f"{user_id};"}})


def _hindrance(row: BookingRow, *, is_guest: bool) -> Hindrance:
    days = f"{row['check_in']:%-d %b %Y} to {row['check_out']:%-d %b %Y}"
    if row["status"] == Status.PENDING:
        whose = "Your request" if is_guest else "A guest's request"
        step = "Cancel it" if is_guest else "Answer it"
        return Hindrance("REQUEST_OPEN", f"{whose} for {days} waits. {step} first.", row["_id"])
    if is_guest:
        message = f"Your stay from {days} is ahead. Cancel it, or come back after it."
    else:
        message = f"A guest stays with you from {days}. Cancel it, or come back after it."
    return Hindrance("STAY_AHEAD", message, row["_id"])


PART = BookingsPart()
