"""Payments as rows, past the API."""

import datetime as dt

from apps.common import mongo
from apps.payments.rows import payment_commands
from apps.payments.services import payment_authorise, payment_bind

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


def rows(handle, **query):
    return list(handle.find(query).sort("_id"))


def stored(handle, row_id):
    return handle.find_one({"_id": row_id})


def authorise(guest, now, *, amount=TOTAL, method=None, payment_id=None, currency="SGD"):
    return payment_authorise(
        guest_id=guest.id,
        amount=amount,
        currency=currency,
        method=method,
        payment_id=payment_id,
        now=now,
    )


def bind(payment, booking, now):
    mongo.run_in_transaction(
        lambda: payment_bind(payment["_id"], booking_id=booking["_id"], now=now)
    )


def commands(booking=None):
    found = rows(payment_commands, **({"booking_id": booking["_id"]} if booking else {}))
    return [(row["kind"], row["amount"], row["status"]) for row in found]
