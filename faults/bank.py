"""Payments against the book of the embedded bank, which no invariant of ours may look into."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from apps.payments.enums import CommandStatus, PaymentState
from apps.payments.rows import payment_commands, payments, sandbox_charges
from apps.payments.services import commands_execute, payments_release_unused

TIMES = 1000
LATER = dt.timedelta(days=1)
# What waits for a provider, or for another try, is due by then.
STEP = dt.timedelta(hours=1)
WAITING = {"status": CommandStatus.DUE.value}


def differences(*, now: dt.datetime) -> list[str]:
    """What the bank sees otherwise, a day and more later, when every timer has run."""
    later = now + LATER
    for _ in range(TIMES):
        done = payments_release_unused(now=later) + commands_execute(now=later)
        if not done and not payment_commands.count(WAITING):
            break
        later += STEP
    return [*_undone(), *_charges()]


def _undone() -> Iterator[str]:
    query = {"status": {"$ne": CommandStatus.DONE.value}}
    for row in payment_commands.find(query):
        yield f"{row['kind']} of payment {row['payment_id']} is {row['status']}: {row['problem']}"


def _charges() -> Iterator[str]:
    known = {str(row["_id"]): row for row in payments.find({})}
    for charge in sandbox_charges.find({}):
        payment = known.get(charge["_id"])
        if payment is None:
            yield f"charge {charge['_id']} belongs to no payment"
        elif _said(charge) != _said(payment):
            yield f"payment {charge['_id']}: {_said(payment)}, at the bank {_said(charge)}"
        elif charge["status"] == PaymentState.AUTHORISED and payment["booking_id"] is None:
            yield f"payment {charge['_id']} is reserved for no booking"


def _said(row: Mapping[str, Any]) -> tuple[str, int, int]:
    return row["status"], row["captured"], row["refunded"]
