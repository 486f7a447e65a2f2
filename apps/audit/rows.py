import datetime as dt
from collections.abc import Mapping
from typing import NotRequired, TypedDict

from bson import ObjectId

from apps.audit.models import SecurityEvent, SecurityLogEntry
from apps.common.rows import Rows


class EventParts(TypedDict):
    """What an event says. `user_id` is whom it is about, `actor_id` who did it."""

    at: dt.datetime
    kind: str
    user_id: ObjectId | None
    actor_id: ObjectId | None
    address: str
    request_id: str
    details: Mapping[str, str]


class SecurityEventRow(EventParts):
    _id: NotRequired[ObjectId]


class SecurityLogRow(EventParts):
    _id: int
    event_id: ObjectId
    previous: str
    hash: str


security_events: Rows[SecurityEventRow] = Rows(SecurityEvent)
security_log: Rows[SecurityLogRow] = Rows(SecurityLogEntry)
