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

FAILED, PARKED, REPLAYING = "failed", "parked", "replaying"
REPLAYED, DISCARDED = "replayed", "discarded"
OPEN = [FAILED, PARKED, REPLAYING]


def letter_id(consumer: str, record: Any) -> str:
    """One message makes one letter of a consumer."""
    return f"{consumer}:{record.partition}:{record.offset}"


def is_blocked(*, consumer: str, key: str) -> bool:
    query = {"consumer": consumer, "key": key, "status": {"$in": OPEN}}
    found = mongo.collection("dead_letters").find_one(query, {"_id": 1}, session=mongo.session())
    return found is not None


def chain_open(*, consumer: str, key: str) -> list[dict[str, Any]]:
    """The letters of a key that nobody has dealt with, in the order of their messages."""
    query = {"consumer": consumer, "key": key, "status": {"$in": OPEN}}
    found = mongo.collection("dead_letters").find(query, session=mongo.session())
    return list(found.sort([("partition", 1), ("offset", 1)]))


def deed(
    action: str, *, actor: str, now: dt.datetime, note: str = "", value: str = ""
) -> dict[str, Any]:
    return {"action": action, "actor": actor, "at": now, "note": note, "value": value}


def chain_next(chain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first of the chain and all up to the next failed one: what a replay sends."""
    head, *rest = chain
    until = next((at for at, one in enumerate(rest) if one["status"] == FAILED), len(rest))
    return [head, *rest[:until]]


def park(consumer: str, record: Any, *, now: dt.datetime) -> None:
    add(consumer, record, status=PARKED, error="waits", now=now)


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
    own_id = letter_id(consumer, record)
    letters, session = mongo.collection("dead_letters"), mongo.session()
    if letters.find_one({"_id": own_id}, {"_id": 1}, session=session):
        return
    letter = {
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
    letters.insert_one(letter, session=session)
    publish(letter, version=1, now=now)


def publish(letter: dict[str, Any], *, version: int, now: dt.datetime) -> None:
    """Tells the dead-letter topic; `version` counts how often the letter has failed."""
    name = letter["_id"] if version == 1 else f"{letter['_id']}:{version}"
    event = DeadLettered(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
        timestamp=instant(now),
        version=version,
        consumer=letter["consumer"],
        origin_topic=letter["topic"],
        origin_partition=letter["partition"],
        origin_offset=letter["offset"],
        origin_event_id=letter["event_id"],
        key=letter["key"],
        error=letter["error"],
        attempts=letter["attempts"],
        first_failed_at=instant(letter["first_failed_at"].replace(tzinfo=dt.UTC)),
        last_failed_at=instant(letter["last_failed_at"]),
        value=letter["value"],
    )
    aggregate_id = f"dead-letter:{letter['_id']}"
    outbox.add(event, aggregate_id=aggregate_id, key=letter["key"], topics=[BOOKING_DLQ], now=now)


def _event_id(value: bytes | None) -> str:
    try:
        return str(orjson.loads(value or b"")["event_id"])
    except (ValueError, KeyError, TypeError):
        return ""
