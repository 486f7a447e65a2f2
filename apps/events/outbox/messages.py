"""The only way to publish: an event goes into the outbox in the transaction of its change."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from bson import Binary
from pymongo import DESCENDING
from pymongo.client_session import ClientSession

from apps.common import mongo
from apps.common.middleware import request_id_current
from apps.common.trace import HEADER, traceparent_current
from apps.events.schemas import Event


def add(
    event: Event, *, aggregate_id: str, key: str, topics: Sequence[str], now: dt.datetime
) -> None:
    """Raises `RuntimeError` outside a transaction: an event without its change is a lie."""
    row = {
        "_id": event.event_id,
        "version": event.version,
        "topics": list(topics),
        "payload": event.to_payload(),
        "headers": {"request_id": request_id_current(), HEADER: traceparent_current()},
    }
    _insert({**row, "aggregate_id": aggregate_id, "key": key}, now=now)


def add_copy(
    value: bytes,
    *,
    headers: Mapping[str, str],
    aggregate_id: str,
    key: str,
    topic: str,
    now: dt.datetime,
) -> None:
    """A message that Kafka had before, byte for byte, as the next of its aggregate.

    The event in it keeps its id; the row has one of its own, for the first row may still stand.
    """
    last = mongo.collection("outbox").find_one(
        {"aggregate_id": aggregate_id},
        {"version": 1},
        sort=[("version", DESCENDING)],
        session=_session(),
    )
    row = {
        "_id": str(uuid.uuid4()),
        "version": last["version"] + 1 if last else 1,
        "topics": [topic],
        "payload": {},
        "value": Binary(value),
        "headers": dict(headers),
    }
    _insert({**row, "aggregate_id": aggregate_id, "key": key}, now=now)


def _insert(row: dict[str, Any], *, now: dt.datetime) -> None:
    mongo.collection("outbox").insert_one(
        {**row, "created_at": now, "published_at": None}, session=_session()
    )


def _session() -> ClientSession:
    session = mongo.session()
    if session is None:
        raise RuntimeError("the outbox is written inside run_in_transaction")
    return session
