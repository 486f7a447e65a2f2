"""The outbox: an event is stored in the transaction of its change, which is the only way to publish
one, and read again in an order that keeps each aggregate's."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import Any

from bson import Binary
from pymongo import ASCENDING, DESCENDING
from pymongo.client_session import ClientSession
from pymongo.read_concern import ReadConcern

from apps.common import mongo
from apps.common.middleware import request_id_current
from apps.common.trace import HEADER, traceparent_current
from apps.events.outbox.rejected import REFUSED
from apps.events.schemas import Event

Row = dict[str, Any]


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


def pending(limit: int) -> list[Row]:
    """The oldest unpublished events, each aggregate's complete and in the order of its versions.

    Selected by status: neither time nor ObjectId is the order of commits. An aggregate with a
    refused event waits as a whole.
    """
    outbox = mongo.database().get_collection("outbox", read_concern=ReadConcern("majority"))
    waiting: Row = {"published_at": None}
    if held := outbox.distinct("aggregate_id", REFUSED):
        waiting["aggregate_id"] = {"$nin": held}
    oldest = outbox.find(waiting, {"aggregate_id": 1}).sort("created_at", ASCENDING)
    aggregates = list({row["aggregate_id"] for row in oldest.limit(limit)})
    if not aggregates:
        return []
    query = {"aggregate_id": {"$in": aggregates}, "published_at": None}
    ordered = [("aggregate_id", ASCENDING), ("version", ASCENDING)]
    return list(outbox.find(query).sort(ordered).hint("aggregate_version"))


def batches(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows that may be under way at the same time: one of each aggregate, the next one only after
    the one before is acknowledged. A suspect is alone, so that a refusal names it."""
    chains = [list(chain) for _, chain in groupby(rows, key=lambda row: row["aggregate_id"])]
    for wave in zip_longest(*chains):
        found = [row for row in wave if row is not None]
        if together := [row for row in found if not row.get("refusals")]:
            yield together
        yield from ([row] for row in found if row.get("refusals"))


def _insert(row: dict[str, Any], *, now: dt.datetime) -> None:
    mongo.collection("outbox").insert_one(
        {**row, "created_at": now, "published_at": None}, session=_session()
    )


def _session() -> ClientSession:
    session = mongo.session()
    if session is None:
        raise RuntimeError("the outbox is written inside run_in_transaction")
    return session
