import datetime as dt
from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from apps.common.rows import Rows
from apps.events.documents import Lease
from apps.events.models import DeadLetter, InboxMessage, OutboxMessage


class OutboxRow(TypedDict):
    """`_id` is the event's id. `refused_at` is set where Kafka rejected it, `refusals` count how
    often it was in a request that Kafka rejected."""

    _id: str
    aggregate_id: str
    version: int
    topics: list[str]
    key: str
    payload: Mapping[str, Any]
    value: NotRequired[bytes | None]
    headers: Mapping[str, str]
    created_at: dt.datetime
    published_at: dt.datetime | None
    refusals: NotRequired[int | None]
    refused_at: NotRequired[dt.datetime | None]
    error: NotRequired[str | None]


class InboxRow(TypedDict):
    """`_id` is `<consumer>:<event id>`."""

    _id: str
    handled_at: dt.datetime


class AuditEntryRow(TypedDict):
    """`value` is the message as it was before an edit, in Base64."""

    action: str
    actor: str
    at: dt.datetime
    note: str
    value: NotRequired[str]


class DeadLetterRow(TypedDict):
    """`_id` is `<consumer>:<partition>:<offset>`; `value` is the message, in Base64."""

    _id: str
    consumer: str
    status: str
    topic: str
    partition: int
    offset: int
    key: str
    event_id: str
    error: str
    attempts: int
    value: str
    headers: Mapping[str, str]
    first_failed_at: dt.datetime
    last_failed_at: dt.datetime
    replays: NotRequired[int]
    replayed_at: NotRequired[dt.datetime | None]
    history: NotRequired[list[AuditEntryRow] | None]


class LeaseRow(TypedDict):
    _id: str
    owner: str
    expires_at: dt.datetime


outbox_messages: Rows[OutboxRow] = Rows(OutboxMessage)
inbox_messages: Rows[InboxRow] = Rows(InboxMessage)
dead_letters: Rows[DeadLetterRow] = Rows(DeadLetter)
leases: Rows[LeaseRow] = Rows(Lease)
