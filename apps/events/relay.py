"""Outbox to Kafka: at least once, in the order of each aggregate's versions."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import orjson
from kafka import KafkaProducer
from pymongo import ASCENDING
from pymongo.read_concern import ReadConcern

from apps.common import mongo
from apps.common.clock import utc_now
from apps.common.heartbeat import beat
from apps.events import leases, metrics
from apps.events.topics import wire_name

logger = logging.getLogger(__name__)
LEASE = "relay"
BATCH = 500
ACK_SECONDS = 30
IDLE_MS = 250


class Relay:
    """`owner` names this process in the lease. `run` returns when `stop` is set and raises when
    Kafka does not acknowledge: the supervisor then starts a new process with a new producer."""

    def __init__(self, producer: KafkaProducer, *, owner: str, lease_seconds: int) -> None:
        self.producer = producer
        self.owner = owner
        self.lease_seconds = lease_seconds
        self._holds_until = 0.0

    def run(self, stop: Event) -> None:
        try:
            while not stop.is_set():
                beat()
                if self._has_lease():
                    self._drain_and_wait(stop)
                else:
                    stop.wait(1)
        finally:
            leases.release(LEASE, owner=self.owner)

    def _has_lease(self) -> bool:
        """Renews in the first half of the lease, so that a batch fits into the rest."""
        asked = time.monotonic()
        if asked < self._holds_until - self.lease_seconds / 2:
            return True
        held = leases.acquire(LEASE, owner=self.owner, seconds=self.lease_seconds)
        self._holds_until = asked + self.lease_seconds if held else 0.0
        return held

    def _drain_and_wait(self, stop: Event) -> None:
        with _wake_up() as changes:
            while not stop.is_set() and self._has_lease():
                beat()
                if not self.publish_batch():
                    changes.try_next()

    def publish_batch(self) -> int:
        """Publishes what is pending and returns how many events that were."""
        rows = pending()
        futures = [self._send(row, topic) for row in rows for topic in row["topics"]]
        self.producer.flush(timeout=ACK_SECONDS)
        for future in futures:
            future.get(timeout=0)
        if rows:
            mongo.collection("outbox").update_many(
                {"_id": {"$in": [row["_id"] for row in rows]}},
                {"$set": {"published_at": utc_now()}},
            )
            logger.info("relay.published", extra={"events": len(rows)})
        for row in rows:
            metrics.PUBLISHED.labels(row["payload"].get("event_type", "")).inc()
        return len(rows)

    def _send(self, row: dict[str, Any], topic: str) -> Any:
        headers = {"event_id": row["_id"], **row["headers"]}
        return self.producer.send(
            wire_name(topic),
            key=row["key"].encode(),
            value=_value(row),
            headers=[(name, str(value).encode()) for name, value in headers.items()],
        )


def _value(row: dict[str, Any]) -> bytes:
    copied: bytes | None = row.get("value")
    return orjson.dumps(row["payload"]) if copied is None else copied


def pending() -> list[dict[str, Any]]:
    """The oldest unpublished events, each aggregate's complete and in the order of its versions.

    Selected by status: neither time nor ObjectId is the order of commits.
    """
    outbox = mongo.database().get_collection("outbox", read_concern=ReadConcern("majority"))
    oldest = outbox.find({"published_at": None}, {"aggregate_id": 1})
    found = oldest.sort("created_at", ASCENDING).limit(BATCH)
    aggregates = list({row["aggregate_id"] for row in found})
    if not aggregates:
        return []
    query = {"aggregate_id": {"$in": aggregates}, "published_at": None}
    ordered = [("aggregate_id", ASCENDING), ("version", ASCENDING)]
    return list(outbox.find(query).sort(ordered).hint("aggregate_version"))


@contextmanager
def _wake_up() -> Iterator[Any]:
    """A change stream that ends the wait early; polling finds the events even without it."""
    inserted: list[dict[str, Any]] = [
        {"$match": {"operationType": "insert"}},
        {"$project": {"_id": 1}},
    ]
    with mongo.collection("outbox").watch(inserted, max_await_time_ms=IDLE_MS) as changes:
        yield changes
