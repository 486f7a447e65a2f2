"""Outbox to Kafka: at least once, in the order of each aggregate's versions."""

import logging
import time
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from itertools import chain
from threading import Event
from typing import Any

import orjson
from kafka import KafkaProducer
from kafka.errors import (
    InvalidRecordError,
    KafkaError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
)
from pymongo.errors import PyMongoError

from apps.common.clock import utc_now
from apps.common.heartbeat import beat
from apps.events import failures, leases, metrics
from apps.events.outbox import rejected
from apps.events.outbox.messages import in_flight_windows
from apps.events.outbox.messages import pending as _pending
from apps.events.relay.wake_up import WakeUp
from apps.events.rows import OutboxRow, outbox_messages
from apps.events.topics import wire_name

logger = logging.getLogger(__name__)
LEASE = "relay"
BATCH = 500
ACK_SECONDS = 30.0
STOP_SECONDS = 10.0
# What is wrong with a message itself: Kafka will never accept it as it is.
REJECTIONS = (MessageSizeTooLargeError, RecordListTooLargeError, InvalidRecordError)


def pending() -> list[OutboxRow]:
    return _pending(BATCH)


class Relay:
    """`owner` names this process in the lease. `run` returns when `stop` is set and waits while
    MongoDB is away. It raises when Kafka does not acknowledge for `ACK_SECONDS`, and after a
    rejection, which breaks the producer: the supervisor starts a new process with a new one."""

    def __init__(self, producer: KafkaProducer, *, owner: str, lease_seconds: int) -> None:
        self.producer = producer
        self.owner = owner
        self.lease_seconds = lease_seconds
        self._stop = Event()
        self._holds_until: float | None = None
        self._stands_by = False

    def run(self, stop: Event) -> None:
        self._stop = stop
        try:
            while not stop.is_set():
                beat()
                try:
                    self._turn()
                except Exception as error:
                    if failures.kind(error) != failures.TRANSIENT:
                        raise
                    logger.warning("relay.database_away", extra={"error": str(error)})
                    stop.wait(1)
        finally:
            metrics.LEASE.set(0)
            with suppress(PyMongoError):
                leases.release(LEASE, owner=self.owner)

    def _turn(self) -> None:
        if not self._has_lease():
            if not self._stands_by:
                logger.info("relay.stands_by")
            self._stands_by = True
            self._stop.wait(1)
            return
        self._stands_by = False
        with closing(WakeUp()) as wake_up:
            while not self._stop.is_set() and self._has_lease():
                beat()
                if not self.publish_batch():
                    wake_up.wait(self._stop)

    def _has_lease(self) -> bool:
        """Renews in the first half of the lease, so that a window fits into the rest."""
        asked = time.monotonic()
        if self._holds_until is not None and asked < self._holds_until - self.lease_seconds / 2:
            return True
        held = leases.acquire(LEASE, owner=self.owner, seconds=self.lease_seconds)
        self._holds_until = asked + self.lease_seconds if held else 0.0
        metrics.LEASE.set(held)
        return held

    def publish_batch(self) -> int:
        """Publishes what is pending, one window after another, and returns how many events.

        Stops between two windows once the lease is lost or the process shall end.
        """
        published, held = 0, set[str]()
        for window in in_flight_windows(pending()):
            rows = [row for row in window if row["aggregate_id"] not in held]
            done = self._publish(rows)
            held |= {row["aggregate_id"] for row in rows if row["_id"] not in done}
            published += len(done)
            if self._stop.is_set() or (self._holds_until is not None and not self._has_lease()):
                break
        if published:
            logger.info("relay.published", extra={"events": published})
        return published

    def _publish(self, rows: list[OutboxRow]) -> set[str]:
        """Sends the rows, waits for all answers, marks the accepted ones; returns their ids."""
        sent: dict[str, list[Any]] = {}
        for row in rows:
            try:
                sent[row["_id"]] = [self._send(row, topic) for topic in row["topics"]]
            except MessageSizeTooLargeError as error:
                _set_aside(row["_id"], error)
        self._await(chain.from_iterable(sent.values()))
        failed = {
            row_id: errors
            for row_id, futures in sent.items()
            if (errors := [future.exception for future in futures if future.failed()])
        }
        done = sent.keys() - failed.keys()
        self._mark([row for row in rows if row["_id"] in done])
        if failed:
            _blame(failed, alone=len(rows) == 1)
        return set(done)

    def _send(self, row: OutboxRow, topic: str) -> Any:
        headers = {"event_id": row["_id"], **row["headers"]}
        return self.producer.send(
            wire_name(topic),
            key=row["key"].encode(),
            value=_value(row),
            headers=[(name, str(value).encode()) for name, value in headers.items()],
        )

    def _await(self, futures: Iterable[Any]) -> None:
        """Waits until each is accepted or rejected. Keeps the lease meanwhile; losing it changes
        nothing about what is in flight. (`flush` raises where the client has split a request.)"""
        began = time.monotonic()
        for future in futures:
            while not future.is_done:
                limit = STOP_SECONDS if self._stop.is_set() else ACK_SECONDS
                if time.monotonic() - began > limit:
                    raise KafkaTimeoutError(f"nothing acknowledged for {limit:.0f} s")
                beat()
                if self._holds_until is not None:
                    self._has_lease()
                with suppress(KafkaError):
                    future.get(timeout=1)

    def _mark(self, rows: list[OutboxRow]) -> None:
        if not rows:
            return
        outbox_messages.update_many(
            {"_id": {"$in": [row["_id"] for row in rows]}, "published_at": None},
            {"$set": {"published_at": utc_now()}},
        )
        for row in rows:
            metrics.PUBLISHED.labels(row["payload"].get("event_type", "")).inc()


def _blame(failed: Mapping[str, list[Exception]], *, alone: bool) -> None:
    """Remembers which may be at fault, then raises. Kafka rejects a request as a whole."""
    error = next(iter(failed.values()))[0]
    if isinstance(error, REJECTIONS):
        if alone:
            _set_aside(next(iter(failed)), error)
        else:
            rejected.suspect(list(failed))
    raise error


def _set_aside(row_id: str, error: Exception) -> None:
    logger.error("relay.rejected", extra={"event_id": row_id, "error": str(error)})
    rejected.set_aside(row_id, error=f"{type(error).__name__}: {error}", now=utc_now())


def _value(row: OutboxRow) -> bytes:
    copied = row.get("value")
    return orjson.dumps(row["payload"]) if copied is None else copied
