"""What is stored of payments. Amounts are minor units."""

import datetime as dt
from typing import TypedDict

from bson import ObjectId

from apps.common.rows import Rows
from apps.payments.documents import SandboxCharge
from apps.payments.models import LedgerEntry, Payment, PaymentCommand


class PostingRow(TypedDict):
    account: str
    amount: int


class PaymentRow(TypedDict):
    _id: ObjectId
    guest_id: ObjectId
    booking_id: ObjectId | None
    provider: str
    provider_ref: str | None
    method: str
    amount: int
    currency: str
    status: str
    captured: int
    refunded: int
    problem: str
    dropped_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime


class PaymentCommandRow(TypedDict):
    _id: ObjectId
    payment_id: ObjectId
    booking_id: ObjectId | None
    kind: str
    amount: int
    postings: list[PostingRow]
    status: str
    attempts: int
    next_at: dt.datetime
    problem: str
    created_at: dt.datetime
    done_at: dt.datetime | None


class LedgerEntryRow(TypedDict):
    _id: ObjectId
    booking_id: ObjectId | None
    text: str
    currency: str
    postings: list[PostingRow]
    at: dt.datetime


class SandboxChargeRow(TypedDict):
    _id: str
    method: str
    amount: int
    currency: str
    status: str
    problem: list[str]
    captured: int
    refunded: int
    keys: list[str]


payments: Rows[PaymentRow] = Rows(Payment)
payment_commands: Rows[PaymentCommandRow] = Rows(PaymentCommand)
ledger_entries: Rows[LedgerEntryRow] = Rows(LedgerEntry)
# A bank takes no part in our transactions.
sandbox_charges: Rows[SandboxChargeRow] = Rows(SandboxCharge, joins=False)
