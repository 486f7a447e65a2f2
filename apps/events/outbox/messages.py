"""The outbox: an event is stored in the transaction of its change, which is the only way to publish
one, and read again in an order that keeps each aggregate's."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import Any

from bson import Binary
from pymongo import ASCENDING, DESCENDING
from pymongo.read_concern import ReadConcern

from apps.common import mongo
from apps.common.middleware import request_id_current
from apps.common.trace import HEADER, traceparent_current
from apps.events.outbox.rejected import REJECTED
from apps.events.rows import OutboxRow, outbox_messages
from apps.events.schemas import Event


def add(
    event: Event, *, aggregate_id: str, key: str, topics: Sequence[str], now: dt.datetime
) -> None:
    """Raises `RuntimeError` outside a transaction: the event would be published without its
    change."""
    _insert(
        {
            "_id": event.event_id,
            "aggregate_id": aggregate_id,
            "version": event.version,
            "topics": list(topics),
            "key": key,
            "payload": event.to_payload(),
            "headers": {"request_id": request_id_current(), HEADER: traceparent_current()},
            "created_at": now,
            "published_at": None,
        }
    )


def add_copy(
    value: bytes,
    *,
    headers: Mapping[str, str],
    aggregate_id: str,
    key: str,
    topic: str,
    now: dt.datetime,
) -> None:
    """Stores a message that Kafka had before, byte for byte, as the next of its aggregate.

    The event in it keeps its id; the row has one of its own, for the first row may still be there.
    """
    last = outbox_messages.find_one(
        {"aggregate_id": aggregate_id}, {"version": 1}, sort=[("version", DESCENDING)]
    )
    _insert(
        {
            "_id": str(uuid.uuid4()),
            "aggregate_id": aggregate_id,
            "version": last["version"] + 1 if last else 1,
            "topics": [topic],
            "key": key,
            "payload": {},
            "value": Binary(value),
            "headers": dict(headers),
            "created_at": now,
            "published_at": None,
        }
    )


def _insert(row: OutboxRow) -> None:
    if mongo.session() is None:
        raise RuntimeError("the outbox is written inside run_in_transaction")
    outbox_messages.insert_one(row)


def pending(limit: int) -> list[OutboxRow]:
    """Returns the oldest unpublished events, each aggregate's complete and in the order of its
    versions.

    Selected by status: neither time nor ObjectId is the order of commits. An aggregate with a
    rejected event waits as a whole.
    """
    committed = outbox_messages.collection.with_options(read_concern=ReadConcern("majority"))
    waiting: dict[str, Any] = {"published_at": None}
    if held := committed.distinct("aggregate_id", REJECTED):
        waiting["aggregate_id"] = {"$nin": held}
    oldest = committed.find(waiting, {"aggregate_id": 1}).sort("created_at", ASCENDING)
    aggregates = list({row["aggregate_id"] for row in oldest.limit(limit)})
    if not aggregates:
        return []
    query = {"aggregate_id": {"$in": aggregates}, "published_at": None}
    ordered = [("aggregate_id", ASCENDING), ("version", ASCENDING)]
    return list(committed.find(query).sort(ordered).hint("aggregate_version"))


def in_flight_windows(rows: list[OutboxRow]) -> Iterator[list[OutboxRow]]:
    """Yields rows that may be in flight at the same time: one of each aggregate, the next one only
    after the one before is acknowledged. A suspect is alone, so that a rejection names it."""
    chains = [list(chain) for _, chain in groupby(rows, key=lambda row: row["aggregate_id"])]
    for wave in zip_longest(*chains):
        found = [row for row in wave if row is not None]
        if together := [row for row in found if not row.get("refusals")]:
            yield together
        yield from ([row] for row in found if row.get("refusals"))
