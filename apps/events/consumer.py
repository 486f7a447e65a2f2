"""Kafka to handlers: each event takes effect once, in order for its key, or is a dead letter."""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import CommitFailedError, RebalanceInProgressError
from kafka.structs import OffsetAndMetadata
from pymongo.errors import ConnectionFailure, DuplicateKeyError, ExecutionTimeout

from apps.common import mongo
from apps.common.clock import utc_now
from apps.common.errors import UnavailableError
from apps.common.heartbeat import beat
from apps.common.middleware import request_id_bind
from apps.events import dead_letters, metrics, redelivery
from apps.events.inbox import inbox_add, inbox_has
from apps.events.redelivery import Redelivery
from apps.events.schemas import Event, SchemaError
from apps.events.topics import table_name

logger = logging.getLogger(__name__)
TRANSIENT = (ConnectionFailure, ExecutionTimeout, UnavailableError)
POLL_MS = 1000
BACKOFF_MAX_SECONDS = 30.0


@dataclass(frozen=True)
class Handler:
    """`apply` runs in a transaction and may run again: no HTTP, no Kafka in it."""

    event: type[Event]
    apply: Callable[..., None]


@dataclass
class _Retry:
    offset: int
    attempts: int
    first_failed_at: dt.datetime
    resume_at: float


class ConsumerLoop:
    """Raises what Kafka's client raises: the supervisor starts a new process."""

    def __init__(
        self,
        consumer: KafkaConsumer,
        *,
        group: str,
        handlers: Mapping[str, Handler],
        max_attempts: int,
    ) -> None:
        self.consumer = consumer
        self.group = group
        self.handlers = handlers
        self.max_attempts = max_attempts
        self._retries: dict[TopicPartition, _Retry] = {}
        self._lagging: set[TopicPartition] = set()

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            beat()
            self._resume_due()
            batches = self.consumer.poll(timeout_ms=POLL_MS)
            done = {tp: self._run_batch(tp, records) for tp, records in batches.items()}
            self._commit({tp: offset for tp, offset in done.items() if offset is not None})
            self._measure_lag(batches, done)

    def _run_batch(self, tp: TopicPartition, records: list[Any]) -> int | None:
        """The offset after the last record that is done, or None where none is."""
        done = None
        for record in records:
            beat()
            if not self._run_record(tp, record):
                break
            done = record.offset + 1
        return done

    def _run_record(self, tp: TopicPartition, record: Any) -> bool:
        headers = dict(record.headers or [])
        request_id_bind((headers.get("request_id") or b"").decode(errors="replace"))
        outcome = "done"
        try:
            self.handle(record)
        except SchemaError as error:
            self._bury(tp, record, error)
            outcome = "buried"
        except Exception as error:  # noqa: BLE001 a handler may raise anything
            if not self._is_given_up(tp, record, error):
                self._count(tp, "retried")
                return False
            self._bury(tp, record, error)
            outcome = "buried"
        self._count(tp, outcome)
        self._retries.pop(tp, None)
        return True

    def _count(self, tp: TopicPartition, outcome: str) -> None:
        metrics.RECORDS.labels(self.group, table_name(tp.topic), outcome).inc()

    def _measure_lag(
        self, batches: Mapping[TopicPartition, list[Any]], done: Mapping[TopicPartition, int | None]
    ) -> None:
        """From what the poll told: asking for a position may wait for the whole cluster."""
        for tp in self._lagging - self.consumer.assignment():
            self._set_lag(tp, 0)
        self._lagging &= self.consumer.assignment()
        for tp, records in batches.items():
            offset = done[tp]
            reached = records[0].offset if offset is None else offset
            self._set_lag(tp, max(0, (self.consumer.highwater(tp) or reached) - reached))
            self._lagging.add(tp)

    def _set_lag(self, tp: TopicPartition, records: int) -> None:
        metrics.LAG.labels(self.group, table_name(tp.topic), tp.partition).set(records)

    def handle(self, record: Any) -> None:
        """Applies one record, unless it was applied before or waits behind a dead letter."""
        topic = table_name(record.topic)
        handler = self.handlers[topic]
        consumer = f"{self.group}:{topic}"
        copy = Redelivery.of(record)
        if copy and copy.consumer != consumer:
            return
        key = (record.key or b"").decode(errors="replace")
        event = handler.event.from_payload(_json(record.value))
        now = utc_now()

        message_id = f"{consumer}:{event.event_id}"

        def transaction() -> None:
            if copy:
                redelivery.take(copy, message_id, lambda: handler.apply(event, now=now), now=now)
                return
            if inbox_has(message_id):
                return
            if dead_letters.is_blocked(consumer=consumer, key=key):
                dead_letters.park(consumer, record, now=now)
                return
            inbox_add(message_id, now=now)
            handler.apply(event, now=now)

        try:
            mongo.run_in_transaction(transaction)
        except DuplicateKeyError as error:
            if "inbox" not in str(error):
                raise
            logger.info("consumer.duplicate", extra={"event_id": event.event_id})

    def _is_given_up(self, tp: TopicPartition, record: Any, error: Exception) -> bool:
        """Counts the failure; holds the partition back unless the tries are used up."""
        retry = self._retries.get(tp)
        if retry is None or retry.offset != record.offset:
            retry = _Retry(record.offset, 0, utc_now(), 0.0)
            self._retries[tp] = retry
        transient = isinstance(error, TRANSIENT) or isinstance(error.__cause__, TRANSIENT)
        retry.attempts += 1
        logger.warning(
            "consumer.failed",
            extra={"topic": tp.topic, "offset": record.offset, "attempts": retry.attempts},
            exc_info=error,
        )
        if not transient and retry.attempts >= self.max_attempts:
            return True
        retry.resume_at = time.monotonic() + min(0.2 * 2**retry.attempts, BACKOFF_MAX_SECONDS)
        self.consumer.seek(tp, record.offset)
        self.consumer.pause(tp)
        return False

    def _bury(self, tp: TopicPartition, record: Any, error: Exception) -> None:
        retry = self._retries.get(tp)
        now = utc_now()
        consumer = f"{self.group}:{table_name(record.topic)}"
        said = f"{type(error).__name__}: {error}"
        attempts = retry.attempts if retry else 1
        copy = Redelivery.of(record)

        def transaction() -> None:
            if copy is None:
                dead_letters.add(
                    consumer,
                    record,
                    status=dead_letters.FAILED,
                    error=said,
                    now=now,
                    attempts=attempts,
                    first_failed_at=retry.first_failed_at if retry else now,
                )
            elif letter := copy.letter_due():
                redelivery.fail_again(letter, error=said, attempts=attempts, now=now)

        mongo.run_in_transaction(transaction)

    def _resume_due(self) -> None:
        assigned = self.consumer.assignment()
        for tp in set(self._retries) - assigned:
            del self._retries[tp]
        due = [tp for tp, retry in self._retries.items() if retry.resume_at <= time.monotonic()]
        self.consumer.resume(*(set(due) & self.consumer.paused()))

    def _commit(self, offsets: dict[TopicPartition, int]) -> None:
        if not offsets:
            return
        try:
            self.consumer.commit(
                {tp: OffsetAndMetadata(offset, "", -1) for tp, offset in offsets.items()}
            )
        except (CommitFailedError, RebalanceInProgressError) as error:
            logger.warning("consumer.commit_refused", extra={"error": str(error)})


def _json(value: bytes | None) -> Any:
    try:
        return orjson.loads(value or b"")
    except orjson.JSONDecodeError as error:
        raise SchemaError(f"not JSON: {error}") from error
