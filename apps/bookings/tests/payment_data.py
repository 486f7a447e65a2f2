"""Bookings with payments as rows, past the services that make them."""

import datetime as dt

from bson import ObjectId

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.services.payments import payment_authorise, payment_bind, payments_follow
from apps.bookings.services.rules import change_row
from apps.common import mongo
from apps.properties.nights import midnight

HOUR = dt.timedelta(hours=1)


def line(code, amount, quantity=1):
    return {
        "code": code,
        "label": code.title(),
        "quantity": quantity,
        "unit_amount": amount // quantity,
        "amount": amount,
    }


# 240.00 for the nights less 10 %, 30.00 to clean, 30.72 for us, 4.00 tax: 280.72.
LINES = [
    line("NIGHTS", 24_000, 2),
    line("LENGTH_DISCOUNT", -2_400),
    line("CLEANING_FEE", 3_000),
    line("SERVICE_FEE", 3_072),
    line("OCCUPANCY_TAX", 400),
]
TOTAL = 28_072
HOSTS = 24_600
POLICY = {
    "name": "moderate",
    "tiers": [{"days_before": 5, "percent": 100}, {"days_before": 1, "percent": 50}],
    "grace_hours": 24,
    "grace_days_before": 2,
    "check_in_time": "15:00",
    "time_zone": "UTC",
}


def rows(name, **query):
    return list(mongo.collection(name).find(query).sort("_id"))


def stored(name, row_id):
    return mongo.collection(name).find_one({"_id": row_id}, session=mongo.session())


def authorise(guest, now, *, amount=TOTAL, method=None, payment_id=None, currency="SGD"):
    return payment_authorise(
        guest_id=guest.id,
        amount=amount,
        currency=currency,
        method=method,
        payment_id=payment_id,
        now=now,
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
    mongo.collection("bookings").insert_one(row)
    return row


def bind(payment, booking, now):
    mongo.run_in_transaction(
        lambda: payment_bind(payment["_id"], booking_id=booking["_id"], now=now)
    )


def change_booking(booking, action, *, now, status=None, actor=Actor.OWNER, **values):
    """Writes a change of a booking as the services do, and has the payments follow."""

    def transaction():
        before = stored("bookings", booking["_id"])
        target = Status(status or before["status"])
        row = change_row(action, before["status"], target, actor, None, now)
        news = {**values, "status": target.value}
        mongo.collection("bookings").update_one(
            {"_id": before["_id"]}, {"$set": news}, session=mongo.session()
        )
        payments_follow(before, {**before, **news}, row, now=now)

    mongo.run_in_transaction(transaction)
    return stored("bookings", booking["_id"])
