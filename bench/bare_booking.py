"""The ceiling of POST /api/bookings: the same documents in the same order and the same transaction,
with PyMongo and nothing around it. A payment is stored, authorised at the embedded bank and bound
to the booking; the Idempotency-Key is stored before and has the reply after."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

import orjson
from bson import ObjectId
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import BulkWriteError
from pymongo.read_concern import ReadConcern

Documents = Database[dict[str, Any]]
TERMS = ("title", "images", "location.city", "location.country", "host_id", "currency")
PRICES = ("price_per_night", "cleaning_fee", "capacity", "time_zone", "min_nights", "max_nights")


class TakenError(Exception):
    pass


@dataclass(frozen=True)
class Stay:
    listing_id: ObjectId
    first: dt.datetime
    last: dt.datetime

    @property
    def nights(self) -> list[dt.datetime]:
        return [self.first + dt.timedelta(days=day) for day in range((self.last - self.first).days)]

    @property
    def claim_ids(self) -> list[str]:
        return [f"{self.listing_id}:{night.date()}" for night in self.nights]


def book(db: Documents, body: bytes, key: str) -> bytes:
    """The reply; raises `TakenError`."""
    sent, now = orjson.loads(body), dt.datetime.now(dt.UTC)
    days = (dt.datetime.fromisoformat(sent[name]) for name in ("check_in", "check_out"))
    stay = Stay(ObjectId(sent["listing_id"]), *days)
    fingerprint = hashlib.sha256(body).hexdigest()
    until = now + dt.timedelta(seconds=30)
    db.idempotency_keys.insert_one(
        {"_id": key, "fingerprint": fingerprint, "locked_until": until, "created_at": now}
    )
    try:
        terms = _terms(db, stay)
        payment_id = _authorised(db, stay, terms, now)
        with db.client.start_session() as session:
            return session.with_transaction(
                lambda bound: _stored(db, bound, stay, terms, payment_id, key, now),
                read_concern=ReadConcern("snapshot"),
            )
    except TakenError:
        db.idempotency_keys.delete_one({"_id": key})
        raise


def _terms(db: Documents, stay: Stay, session: ClientSession | None = None) -> dict[str, Any]:
    fields = dict.fromkeys((*TERMS, *PRICES), 1)
    terms = db.listings.find_one({"_id": stay.listing_id}, fields, session=session)
    taken = db.night_claims.find({"_id": {"$in": stay.claim_ids}}, session=session)
    if terms is None or list(taken):
        raise TakenError(stay.listing_id)
    return terms


def _authorised(db: Documents, stay: Stay, terms: dict[str, Any], now: dt.datetime) -> ObjectId:
    payment_id, amount = ObjectId(), terms["price_per_night"] * len(stay.nights)
    payment = {
        "_id": payment_id,
        "guest_id": stay.listing_id,
        "booking_id": None,
        "provider": "sandbox",
        "method": "pm_card_visa",
        "amount": amount,
        "currency": terms["currency"],
        "status": "started",
        "captured": 0,
        "refunded": 0,
        "created_at": now,
        "updated_at": now,
    }
    db.payments.insert_one(payment)
    charge = {"_id": str(payment_id), "amount": amount, "status": "authorised", "keys": []}
    db.sandbox_charges.insert_one(charge)
    db.payments.update_one(
        {"_id": payment_id, "status": "started"},
        {"$set": {"status": "authorised", "provider_ref": f"sandbox_{payment_id}"}},
    )
    return payment_id


def _stored(
    db: Documents,
    session: ClientSession,
    stay: Stay,
    terms: dict[str, Any],
    payment_id: ObjectId,
    key: str,
    now: dt.datetime,
) -> bytes:
    _terms(db, stay, session)
    booking = {
        "_id": ObjectId(),
        "listing_id": stay.listing_id,
        "guest_id": stay.listing_id,
        "host_id": terms["host_id"],
        "check_in": stay.first,
        "check_out": stay.last,
        "status": "pending",
        "total_price": terms["price_per_night"] * len(stay.nights),
        "version": 1,
        "history": [{"action": "request", "to_status": "pending", "at": now}],
        "created_at": now,
    }
    _claim(db, session, stay, booking["_id"])
    db.bookings.insert_one(booking, session=session)
    db.payments.update_one(
        {"_id": payment_id, "booking_id": None, "status": "authorised"},
        {"$set": {"booking_id": booking["_id"]}},
        session=session,
    )
    event = {
        "_id": str(uuid.uuid4()),
        "aggregate_id": f"booking:{booking['_id']}",
        "version": 1,
        "payload": {"booking_id": str(booking["_id"])},
        "published_at": now,
        "created_at": now,
    }
    db.outbox.insert_one(event, session=session)
    reply = orjson.dumps({**booking, "listing": terms}, default=str)
    answered = {"status": 201, "body": reply, "locked_until": None}
    db.idempotency_keys.update_one({"_id": key}, {"$set": answered}, session=session)
    return reply


def _claim(db: Documents, session: ClientSession, stay: Stay, booking_id: ObjectId) -> None:
    claims = [
        {"_id": name, "listing_id": stay.listing_id, "night": night, "owner_id": str(booking_id)}
        for name, night in zip(stay.claim_ids, stay.nights, strict=True)
    ]
    try:
        db.night_claims.insert_many(claims, session=session)
    except BulkWriteError as error:
        if any(found["code"] == 11000 for found in error.details["writeErrors"]):  # noqa: PLR2004
            raise TakenError(stay.listing_id) from error
        raise
