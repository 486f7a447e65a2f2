import datetime as dt
from collections.abc import Mapping
from typing import NotRequired, TypedDict

from bson import ObjectId

from apps.common.rows import Rows
from apps.notifications.documents import Notification
from apps.notifications.models import Email, NotificationPreference


class NotificationRow(TypedDict):
    _id: str
    user_id: ObjectId
    kind: str
    variant: NotRequired[str]
    values: NotRequired[Mapping[str, str]]
    title: str
    body: str
    booking_id: str | None
    created_at: dt.datetime
    read_at: dt.datetime | None
    request_id: NotRequired[str]
    traceparent: NotRequired[str]


class StayRow(TypedDict):
    """A stay after the booking's change number `version`; `total_price` is minor units."""

    listing_id: str
    version: int
    previous_status: str
    status: str
    check_in: dt.datetime
    check_out: dt.datetime
    guest_count: int
    total_price: int
    currency: str


class EmailRow(TypedDict):
    """`_id` is the event's id. `next_at` is when it is tried, or when its sender's lock lapses."""

    _id: str
    user_id: ObjectId
    kind: str
    variant: NotRequired[str]
    values: NotRequired[Mapping[str, str] | None]
    title: str
    body: str
    note: str
    booking_id: str
    stay: StayRow | None
    locale: str
    status: str
    attempts: int
    next_at: dt.datetime
    problem: str
    address: str
    recipient: NotRequired[str]
    nonce: NotRequired[str]
    request_id: str
    traceparent: str
    sent_at: dt.datetime | None
    created_at: dt.datetime


class PreferenceRow(TypedDict):
    """`_id` is the user; `matrix` has the channels that differ from the table of kinds."""

    _id: ObjectId
    email: bool
    locale: str
    matrix: Mapping[str, Mapping[str, bool]]
    updated_at: dt.datetime


notifications: Rows[NotificationRow] = Rows(Notification)
emails: Rows[EmailRow] = Rows(Email)
notification_preferences: Rows[PreferenceRow] = Rows(NotificationPreference)
