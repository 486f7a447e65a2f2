"""Messages that a consumer could not handle, and those of the same key that wait behind them."""

import base64
import datetime as dt
import uuid
from typing import Any

import orjson

from apps.common import mongo
from apps.common.clock import instant
from apps.events import outbox
from apps.events.schemas import DeadLettered
from apps.events.topics import BOOKING_DLQ, table_name

OPEN = ["failed", "parked"]


def is_blocked(*, consumer: str, key: str) -> bool:
    query = {"consumer": consumer, "key": key, "status": {"$in": OPEN}}
    found = mongo.collection("dead_letters").find_one(query, {"_id": 1}, session=mongo.session())
    return found is not None


def add(
    consumer: str,
    record: Any,
    *,
    status: str,
    error: str,
    now: dt.datetime,
    attempts: int = 1,
    first_failed_at: dt.datetime | None = None,
) -> None:
    """Stores the dead letter and its message to the dead-letter topic, once per offset."""
    topic = table_name(record.topic)
    letter_id = f"{consumer}:{record.partition}:{record.offset}"
    letters, session = mongo.collection("dead_letters"), mongo.session()
    if letters.find_one({"_id": letter_id}, {"_id": 1}, session=session):
        return
    key = (record.key or b"").decode(errors="replace")
    letter = {
        "consumer": consumer,
        "topic": topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": key,
        "event_id": _event_id(record.value),
        "error": error,
        "attempts": attempts,
        "value": base64.b64encode(record.value or b"").decode(),
    }
    seen = {"first_failed_at": first_failed_at or now, "last_failed_at": now}
    headers = {name: value.decode(errors="replace") for name, value in record.headers or []}
    letters.insert_one(
        {"_id": letter_id, "status": status, "headers": headers, **letter, **seen},
        session=session,
    )
    event = DeadLettered(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, letter_id)),
        timestamp=instant(now),
        consumer=consumer,
        origin_topic=topic,
        origin_partition=record.partition,
        origin_offset=record.offset,
        origin_event_id=letter["event_id"],
        key=key,
        error=error,
        attempts=attempts,
        first_failed_at=instant(seen["first_failed_at"]),
        last_failed_at=instant(now),
        value=letter["value"],
    )
    aggregate_id = f"dead-letter:{letter_id}"
    outbox.add(event, aggregate_id=aggregate_id, key=key, topics=[BOOKING_DLQ], now=now)


def _event_id(value: bytes | None) -> str:
    try:
        return str(orjson.loads(value or b"")["event_id"])
    except (ValueError, KeyError, TypeError):
        return ""
