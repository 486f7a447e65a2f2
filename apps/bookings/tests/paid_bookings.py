"""Bookings with payments as rows, past the services that make them."""

import datetime as dt

from bson import ObjectId

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.events import change_row
from apps.bookings.invariants import breaches
from apps.bookings.rows import bookings
from apps.bookings.services.charges import payment_commands_add
from apps.common import mongo
from apps.payments.rows import ledger_entries
from apps.payments.tests.payment_data import HOUR, LINES, rows, stored
from apps.properties.nights import midnight

POLICY = {
    "name": "moderate",
    "tiers": [{"days_before": 5, "percent": 100}, {"days_before": 1, "percent": 50}],
    "grace_hours": 24,
    "grace_days_before": 2,
    "check_in_time": "15:00",
    "time_zone": "UTC",
}
MONEY = (
    "bookings whose paid and refunded are not those of their payments",
    "bookings whose cash in the ledger is not theirs",
    "payments with more captured or refunded than there was",
    "ledger entries that do not sum to zero",
    "currencies whose ledger does not sum to zero",
)


def booking_insert(guest, host, listing_id, now, **changes):
    first = midnight(now.date() + dt.timedelta(days=30))
    row = {
        "_id": ObjectId(),
        "listing_id": listing_id,
        "guest_id": guest.id,
        "host_id": host.id,
        "check_in": first,
        "check_out": first + dt.timedelta(days=2),
        "guest_count": 2,
        "special_requests": "",
        "prep_nights": 0,
        "policy": POLICY,
        "alteration": None,
        "lines": LINES,
        "total_price": sum(each["amount"] for each in changes.get("lines", LINES)),
        "currency": "SGD",
        "status": "pending",
        "payment_status": "unpaid",
        "paid": 0,
        "refunded": 0,
        "cancellation_reason": None,
        "version": 1,
        "history": [change_row(Action.REQUEST, "", Status.PENDING, Actor.GUEST, guest.id, now)],
        "expires_at": now + 24 * HOUR,
        "reminded_at": None,
        "created_at": now - 48 * HOUR,
        "updated_at": now,
        **changes,
    }
    bookings.insert_one(row)
    return row


def change_booking(booking, action, *, now, status=None, actor=Actor.OWNER, **values):
    """Writes a change of a booking as the services do, and adds its payment commands."""

    def transaction():
        before = stored(bookings, booking["_id"])
        target = Status(status or before["status"])
        row = change_row(action, before["status"], target, actor, None, now)
        news = {**values, "status": target.value}
        bookings.update_one({"_id": before["_id"]}, {"$set": news})
        payment_commands_add(before, {**before, **news}, row, now=now)

    mongo.run_in_transaction(transaction)
    return stored(bookings, booking["_id"])


def sums(booking):
    """account -> sum in the ledger."""
    found = {}
    for entry in rows(ledger_entries, booking_id=booking["_id"]):
        assert sum(posting["amount"] for posting in entry["postings"]) == 0
        for posting in entry["postings"]:
            found[posting["account"]] = found.get(posting["account"], 0) + posting["amount"]
    return found


def money(booking):
    now = stored(bookings, booking["_id"])
    return now["paid"], now["refunded"], now["payment_status"]


def sound(now):
    found = breaches(now=now)
    return [name for name in MONEY if found[name]] == []
