"""What is stored of bookings. Dates are midnights, amounts minor units."""

import datetime as dt
from typing import NotRequired, TypedDict

from bson import ObjectId

from apps.bookings.models import Booking, Hold, IdempotencyKey, Suspension
from apps.common.rows import Rows
from apps.properties.pricing import Line


class ChangeRow(TypedDict):
    """`from_status` is empty for the request itself, `actor_id` for the system."""

    action: str
    from_status: str
    to_status: str
    actor: str
    actor_id: str
    at: dt.datetime
    reason: str


class TierRow(TypedDict):
    days_before: int
    percent: int


class PolicyRow(TypedDict):
    name: str
    tiers: list[TierRow]
    grace_hours: int
    grace_days_before: int
    check_in_time: str
    time_zone: str


class StayRow(TypedDict):
    """What an alteration replaces in a booking."""

    check_in: dt.datetime
    check_out: dt.datetime
    guest_count: int
    prep_nights: int
    lines: list[Line]
    total_price: int


class AlterationRow(StayRow):
    payment_id: str | None
    proposed_at: dt.datetime
    expires_at: dt.datetime


class QuotedRow(TypedDict):
    """`quote_id` is there where a quote promised the price."""

    quote_id: NotRequired[str | None]


class BookingRow(QuotedRow):
    """What is not required came later: bookings from before it lack it."""

    _id: ObjectId
    listing_id: ObjectId
    guest_id: ObjectId
    host_id: ObjectId
    check_in: dt.datetime
    check_out: dt.datetime
    guest_count: int
    special_requests: str
    prep_nights: NotRequired[int]
    policy: NotRequired[PolicyRow | None]
    alteration: NotRequired[AlterationRow | None]
    terms_version: NotRequired[int | None]
    lines: list[Line]
    total_price: int
    currency: str
    status: str
    payment_status: str
    paid: NotRequired[int]
    refunded: NotRequired[int]
    cancellation_reason: str | None
    version: int
    history: list[ChangeRow]
    expires_at: dt.datetime | None
    reminded_at: NotRequired[dt.datetime | None]
    created_at: dt.datetime
    updated_at: dt.datetime


class HoldRow(QuotedRow):
    _id: ObjectId
    guest_id: ObjectId
    slot: int
    listing_id: ObjectId
    check_in: dt.datetime
    check_out: dt.datetime
    guest_count: int
    lines: list[Line]
    total_price: int
    currency: str
    expires_at: dt.datetime
    created_at: dt.datetime


class IdempotencyKeyRow(TypedDict):
    _id: str
    fingerprint: str
    status: int | None
    body: bytes | None
    locked_until: dt.datetime | None
    created_at: dt.datetime


class SuspensionRow(TypedDict):
    """`cursor` is the last booking or hold that its `stage` has done."""

    _id: ObjectId
    subject_kind: str
    subject_id: ObjectId
    reason: str
    staff_id: ObjectId | None
    stage: str
    cursor: ObjectId | None
    closed: int
    refused: int
    released: int
    notified: int
    cancelled: int
    kept: int
    failed: int
    problem: str
    choice: str
    chosen_by: ObjectId | None
    chosen_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime


bookings: Rows[BookingRow] = Rows(Booking)
holds: Rows[HoldRow] = Rows(Hold)
suspensions: Rows[SuspensionRow] = Rows(Suspension)
idempotency_keys: Rows[IdempotencyKeyRow] = Rows(IdempotencyKey)
