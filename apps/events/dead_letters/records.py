"""Stores messages that a consumer could not handle, and those of their key blocked behind them."""

import base64
import datetime as dt
import uuid
from typing import Any

import orjson

from apps.common.clock import instant
from apps.events import outbox
from apps.events.rows import AuditEntryRow, DeadLetterRow, dead_letters
from apps.events.schemas import DeadLettered
from apps.events.topics import BOOKING_DLQ, table_name

FAILED, BLOCKED, REPLAYING = "failed", "parked", "replaying"
REPLAYED, DISCARDED = "replayed", "discarded"
OPEN = [FAILED, BLOCKED, REPLAYING]


def dead_letter_id(consumer: str, record: Any) -> str:
    """Returns one id for each message and consumer."""
    return f"{consumer}:{record.partition}:{record.offset}"


def is_blocked(*, consumer: str, key: str) -> bool:
    return dead_letters.exists({"consumer": consumer, "key": key, "status": {"$in": OPEN}})


def chain_open(*, consumer: str, key: str) -> list[DeadLetterRow]:
    """Returns the open dead letters of a key, in the order of their messages."""
    found = dead_letters.find({"consumer": consumer, "key": key, "status": {"$in": OPEN}})
    return list(found.sort([("partition", 1), ("offset", 1)]))


def chain_next(chain: list[DeadLetterRow]) -> list[DeadLetterRow]:
    """Returns what a replay sends: the first of the chain and all up to the next failed one."""
    head, *rest = chain
    until = next((at for at, one in enumerate(rest) if one["status"] == FAILED), len(rest))
    return [head, *rest[:until]]


def audit_entry(
    action: str, *, actor: str, now: dt.datetime, note: str = "", value: str = ""
) -> AuditEntryRow:
    return {"action": action, "actor": actor, "at": now, "note": note, "value": value}


def block(consumer: str, record: Any, *, now: dt.datetime) -> None:
    """Stores a message behind the open dead letters of its key."""
    add(consumer, record, status=BLOCKED, error="waits", now=now)


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
    own_id = dead_letter_id(consumer, record)
    if dead_letters.exists({"_id": own_id}):
        return
    row: DeadLetterRow = {
        "_id": own_id,
        "consumer": consumer,
        "status": status,
        "topic": table_name(record.topic),
        "partition": record.partition,
        "offset": record.offset,
        "key": (record.key or b"").decode(errors="replace"),
        "event_id": _event_id(record.value),
        "error": error,
        "attempts": attempts,
        "value": base64.b64encode(record.value or b"").decode(),
        "headers": {name: value.decode(errors="replace") for name, value in record.headers or []},
        "first_failed_at": first_failed_at or now,
        "last_failed_at": now,
        "replays": 0,
        "history": [],
    }
    dead_letters.insert_one(row)
    publish(row, version=1, now=now)


def publish(row: DeadLetterRow, *, version: int, now: dt.datetime) -> None:
    """Publishes it to the dead-letter topic; `version` counts how often it has failed."""
    name = row["_id"] if version == 1 else f"{row['_id']}:{version}"
    event = DeadLettered(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
        timestamp=instant(now),
        version=version,
        consumer=row["consumer"],
        origin_topic=row["topic"],
        origin_partition=row["partition"],
        origin_offset=row["offset"],
        origin_event_id=row["event_id"],
        key=row["key"],
        error=row["error"],
        attempts=row["attempts"],
        first_failed_at=instant(row["first_failed_at"].replace(tzinfo=dt.UTC)),
        last_failed_at=instant(row["last_failed_at"]),
        value=row["value"],
    )
    aggregate_id = f"dead-letter:{row['_id']}"
    outbox.add(event, aggregate_id=aggregate_id, key=row["key"], topics=[BOOKING_DLQ], now=now)


def _event_id(value: bytes | None) -> str:
    try:
        return str(orjson.loads(value or b"")["event_id"])
    except (ValueError, KeyError, TypeError):
        return ""
