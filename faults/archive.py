"""As many bookings as a company has in years, with all that belongs to each, to see how long
`verify_bookings` takes. Everything is young, so that every event is still in the outbox."""

import datetime as dt
import random
import subprocess
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from bson import Binary, ObjectId

from apps.bookings.enums import Action, Actor, PaymentStatus, Status
from apps.common import mongo
from apps.common.clock import utc_now
from apps.payments.enums import Command, CommandStatus, PaymentState
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_row, midnight, nights_of
from faults.fixtures import listings_add, people_add

ROOT = Path(__file__).resolve().parents[1]
SECONDS_AT_MOST = 60
STAYS_A_LISTING = 100
NIGHTS, PREP_NIGHTS = 3, 1
BATCH = 1000
LODGING, FEE = 36_000, 4_320
TOTAL = LODGING + FEE
Documents = dict[str, list[dict[str, Any]]]
Course = tuple[Status, Sequence[tuple[Action, Status, Actor]]]

REQUESTED = (Action.REQUEST, Status.PENDING, Actor.GUEST)
ACCEPTED = (Action.ACCEPT, Status.CONFIRMED, Actor.OWNER)
COURSES: Sequence[Course] = (
    (Status.PENDING, (REQUESTED,)),
    (Status.CONFIRMED, (REQUESTED, ACCEPTED)),
    (Status.COMPLETED, (REQUESTED, ACCEPTED, (Action.COMPLETE, Status.COMPLETED, Actor.SYSTEM))),
    (Status.CANCELLED, (REQUESTED, ACCEPTED, (Action.CANCEL, Status.CANCELLED, Actor.GUEST))),
)


def measure(count: int) -> tuple[float, str]:
    """The seconds of `manage.py verify_bookings`, and what it says of breaches."""
    fill(count)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_bookings"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return time.monotonic() - began, done.stdout + done.stderr if done.returncode else ""


def fill(count: int) -> None:
    host_id, guest_id, now = ObjectId(), ObjectId(), utc_now()
    listing_ids = [ObjectId() for _ in range(-(-count // STAYS_A_LISTING))]
    people_add([host_id], "owner")
    people_add([guest_id])
    listings_add(host_id, listing_ids, prep_nights=PREP_NIGHTS)
    made = islice(_bookings(listing_ids, host_id, guest_id, now), count)
    while batch := list(islice(made, BATCH)):
        documents: Documents = defaultdict(list)
        for booking in batch:
            _add(booking, documents, now)
        for name, rows in documents.items():
            mongo.collection(name).insert_many(rows, ordered=False)


def _bookings(
    listing_ids: Sequence[ObjectId], host_id: ObjectId, guest_id: ObjectId, now: dt.datetime
) -> Iterator[dict[str, Any]]:
    rng = random.Random(1)  # noqa: S311
    people = {"guest_id": guest_id, "host_id": host_id}
    for listing_id in listing_ids:
        for place in range(STAYS_A_LISTING):
            start = now.date() + dt.timedelta(days=place * (NIGHTS + PREP_NIGHTS))
            yield _booking(listing_id, people, start, rng.choice(COURSES), now)


def _booking(
    listing_id: ObjectId,
    people: dict[str, ObjectId],
    start: dt.date,
    course: Course,
    now: dt.datetime,
) -> dict[str, Any]:
    status, changes = course
    befores = ["", *(after.value for _, after, _ in changes)]
    paid = TOTAL if len(changes) > 1 else 0
    refunded = TOTAL if status is Status.CANCELLED else 0
    return {
        "_id": ObjectId(),
        "listing_id": listing_id,
        **people,
        "check_in": midnight(start),
        "check_out": midnight(start + dt.timedelta(days=NIGHTS)),
        "guest_count": 2,
        "special_requests": "",
        "prep_nights": PREP_NIGHTS,
        "policy": {"name": "moderate", "tiers": [], "grace_hours": 24, "grace_days_before": 2},
        "alteration": None,
        "lines": [_line("NIGHTS", NIGHTS, LODGING // NIGHTS), _line("SERVICE_FEE", 1, FEE)],
        "total_price": TOTAL,
        "currency": "SGD",
        "status": status.value,
        "payment_status": _payment_status(paid, refunded).value,
        "paid": paid,
        "refunded": refunded,
        "cancellation_reason": None,
        "version": len(changes),
        "history": [
            {
                "action": action.value,
                "from_status": before,
                "to_status": after.value,
                "actor": actor.value,
                "actor_id": "",
                "at": now,
                "reason": "",
            }
            for before, (action, after, actor) in zip(befores, changes, strict=False)
        ],
        "expires_at": None,
        "created_at": now,
        "updated_at": now,
    }


def _line(code: str, quantity: int, unit_amount: int) -> dict[str, Any]:
    amount = quantity * unit_amount
    return {
        "code": code,
        "label": code,
        "quantity": quantity,
        "unit_amount": unit_amount,
        "amount": amount,
    }


def _payment_status(paid: int, refunded: int) -> PaymentStatus:
    if not paid:
        return PaymentStatus.UNPAID
    return PaymentStatus.REFUNDED if refunded else PaymentStatus.PAID


def _add(booking: dict[str, Any], to: Documents, now: dt.datetime) -> None:
    """The booking and everything that belongs to it."""
    to["bookings"].append(booking)
    if booking["status"] != Status.CANCELLED:
        to["night_claims"] += _claims(booking)
    to["outbox"] += _events(booking, now)
    payment = _payment(booking, now)
    to["payments"].append(payment)
    for kind, amount in ((Command.CAPTURE, "paid"), (Command.REFUND, "refunded")):
        if booking[amount]:
            command = _command(booking, payment, kind, now)
            to["payment_commands"].append(command)
            to["ledger_entries"].append(_entry(booking, command, now))
    to["idempotency_keys"].append(_key(booking, now))


def _claims(booking: dict[str, Any]) -> Iterator[dict[str, Any]]:
    out = booking["check_out"].date()
    spans = (
        (ClaimKind.BOOKING, booking["check_in"].date(), out),
        (ClaimKind.PREP, out, out + dt.timedelta(days=PREP_NIGHTS)),
    )
    for kind, start, end in spans:
        for night in nights_of(start, end):
            row = claim_row(booking["listing_id"], night, kind=kind, owner_id=str(booking["_id"]))
            yield {**row}


def _events(booking: dict[str, Any], now: dt.datetime) -> Iterator[dict[str, Any]]:
    name = str(booking["_id"])
    for version, change in enumerate(booking["history"], start=1):
        said = "status" if version == 1 else "new_status"
        yield {
            "_id": str(uuid.uuid4()),
            "aggregate_id": f"booking:{name}",
            "version": version,
            "topics": ["booking-updates"],
            "key": name,
            "payload": {"booking_id": name, said: change["to_status"], "text": "." * 300},
            "headers": {},
            "created_at": now,
            "published_at": now,
        }


def _payment(booking: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    payment_id = ObjectId()
    charge = PaymentState.CAPTURED if booking["paid"] else PaymentState.AUTHORISED
    return {
        "_id": payment_id,
        "guest_id": booking["guest_id"],
        "booking_id": booking["_id"],
        "provider": "sandbox",
        "provider_ref": f"ch_{payment_id}",
        "method": "pm_card_visa",
        "amount": TOTAL,
        "currency": booking["currency"],
        "status": charge.value,
        "captured": booking["paid"],
        "refunded": booking["refunded"],
        "problem": "",
        "created_at": now,
        "updated_at": now,
    }


def _command(
    booking: dict[str, Any], payment: dict[str, Any], kind: Command, now: dt.datetime
) -> dict[str, Any]:
    return {
        "_id": ObjectId(),
        "payment_id": payment["_id"],
        "booking_id": booking["_id"],
        "kind": kind.value,
        "amount": TOTAL,
        "status": CommandStatus.DONE.value,
        "attempts": 1,
        "next_at": now,
        "problem": "",
        "created_at": now,
        "done_at": now,
    }


def _entry(booking: dict[str, Any], command: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    sign = 1 if command["kind"] == Command.CAPTURE else -1
    shares = (("cash", TOTAL), (f"host:{booking['host_id']}", -LODGING), ("fees", -FEE))
    return {
        "_id": command["_id"],
        "booking_id": booking["_id"],
        "text": command["kind"],
        "currency": booking["currency"],
        "postings": [{"account": account, "amount": sign * share} for account, share in shares],
        "at": now,
    }


def _key(booking: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    reply = {"id": str(booking["_id"]), "payment_status": "unpaid", "text": "." * 1500}
    return {
        "_id": f"{booking['guest_id']}:{booking['_id']}",
        "fingerprint": "0" * 64,
        "status": 201,
        "body": Binary(orjson.dumps(reply)),
        "locked_until": None,
        "created_at": now,
    }
