"""The loop of a group's member: batches of records in order, retries, offsets, lag."""

import logging
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import CommitFailedError, RebalanceInProgressError, RetriableError
from kafka.structs import OffsetAndMetadata

from apps.common.heartbeat import beat
from apps.events import failures, metrics
from apps.events.clients.kafka_clients import resume
from apps.events.consumer.delivery import Delivery, Handlers
from apps.events.consumer.partitions import Moves, Retries, Retry
from apps.events.topics import table_name, wire_name

logger = logging.getLogger(__name__)
POLL_MS = 1000
COMMIT_MS = 5000
# After so long the loop polls again: well before the group gives the member up.
BUSY_SECONDS = 15.0
# Records of a partition that share a transaction: its commit costs as much as several effects.
BATCH = 20
MEMBER_CHECK_SECONDS = 3.0


class ConsumerLoop:
    """Goes on while Kafka or MongoDB is away. Raises what Kafka's client raises beyond that, such
    as another process with the same static member's name: the supervisor starts a new process."""

    def __init__(
        self,
        consumer: KafkaConsumer,
        *,
        group: str,
        handlers: Handlers,
        max_attempts: int,
    ) -> None:
        self.consumer = consumer
        self.group = group
        self.topics = [wire_name(topic) for topic in handlers]
        self.max_attempts = max_attempts
        self._stop = threading.Event()
        self._delivery = Delivery(group, handlers)
        self._retries = Retries()
        self._handled: dict[TopicPartition, int] = {}
        self._split: dict[TopicPartition, int] = {}
        self._lagging: set[TopicPartition] = set()
        self._member_checked_at = time.monotonic()

    def run(self, stop: threading.Event) -> None:
        self._stop = stop
        moves = Moves(self.consumer, group=self.group, forget=self._forget)
        self.consumer.subscribe(self.topics, listener=moves)
        while not stop.is_set():
            beat()
            resume(self.consumer, self._retries.due() & self.consumer.paused())
            polled = self._poll()
            self._run_polled(polled)
            self._measure_lag(polled)
            self._commit()

    def _poll(self) -> dict[TopicPartition, list[Any]]:
        try:
            found: dict[TopicPartition, list[Any]] = self.consumer.poll(timeout_ms=POLL_MS)
        except RetriableError as error:
            logger.warning("kafka.away", extra={"error": repr(error)})
            self._stop.wait(1)
            return {}
        return found

    def _run_polled(self, polled: Mapping[TopicPartition, list[Any]]) -> None:
        until = time.monotonic() + BUSY_SECONDS
        for tp, records in polled.items():
            self._run_partition(tp, records, until)

    def _run_partition(self, tp: TopicPartition, records: list[Any], until: float) -> None:
        """Up to the first record that has to wait, and its partition with it."""
        at = 0
        while at < len(records):
            beat()
            if self._stop.is_set() or time.monotonic() > until:
                self.consumer.seek(tp, records[at].offset)
                return
            done = self._run_batch(tp, records[at : at + BATCH])
            if not done:
                return
            at += done
            self._handled[tp] = records[at - 1].offset + 1

    def _run_batch(self, tp: TopicPartition, batch: list[Any]) -> int:
        """Returns how many of its first records are done. One that fails splits the batch: it is
        then handled record by record, so that only the one to blame is counted and waits."""
        alone = len(batch) == 1 or batch[0].offset <= self._split.get(tp, -1)
        if not alone and tp not in self._retries:
            try:
                done = self._delivery.deliver_batch(batch, self._stop)
            except Exception as error:  # noqa: BLE001 a handler may raise anything
                logger.info("consumer.batch_split", extra={"topic": tp.topic, "error": repr(error)})
                self._split[tp] = batch[-1].offset
            else:
                for _ in range(done):
                    self._count(tp, "done")
                return done
        return int(self._run_record(tp, batch[0]))

    def _run_record(self, tp: TopicPartition, record: Any) -> bool:
        """Returns False where the record, and with it its partition, has to wait."""
        outcome = "done"
        try:
            self._delivery.deliver(record)
        except Exception as error:  # noqa: BLE001 a handler may raise anything
            if not self._is_dead_letter(tp, record, error):
                self._count(tp, "retried")
                return False
            outcome = "buried"
        self._count(tp, outcome)
        self._retries.pop(tp, None)
        return True

    def _count(self, tp: TopicPartition, outcome: str) -> None:
        metrics.RECORDS.labels(self.group, table_name(tp.topic), outcome).inc()

    def _is_dead_letter(self, tp: TopicPartition, record: Any, error: Exception) -> bool:
        """Counts the failure. The record becomes a dead letter, or blocks its partition a while."""
        kind = failures.kind(error)
        retry = self._retries.note(tp, record.offset, kind=kind)
        self._report(tp, retry, error, kind=kind)
        if kind == failures.PERMANENT or retry.unknown >= self.max_attempts:
            try:
                self._delivery.dead_letter(record, error, retry)
            except Exception as outage:
                if failures.kind(outage) != failures.TRANSIENT:
                    raise
                self._report(tp, retry, outage, kind=failures.TRANSIENT)
            else:
                return True
        retry.back_off()
        self.consumer.seek(tp, record.offset)
        self.consumer.pause(tp)
        return False

    def _report(self, tp: TopicPartition, retry: Retry, error: Exception, *, kind: str) -> None:
        metrics.ERRORS.labels(self.group, table_name(tp.topic), kind).inc()
        logger.warning(
            "consumer.failed",
            extra={
                "topic": tp.topic,
                "offset": retry.offset,
                "attempts": retry.attempts,
                "kind": kind,
            },
            exc_info=error,
        )

    def _check_static_member(self) -> None:
        """Has an idle member commit too: Kafka's client does not report that another process is
        this static member now, but a rejected commit ends the process."""
        quiet = time.monotonic() - self._member_checked_at
        if self.consumer.config["group_instance_id"] is None or quiet < MEMBER_CHECK_SECONDS:
            return
        self._member_checked_at = time.monotonic()
        for tp in self.consumer.assignment() - self._handled.keys() - self._retries.keys():
            position = self.consumer.position(tp, timeout_ms=POLL_MS)
            if position is not None:
                self._handled[tp] = position

    def _commit(self) -> None:
        """Commits what is handled. What Kafka rejects now is tried again, while the partition stays
        here."""
        try:
            self._check_static_member()
            if offsets := {tp: OffsetAndMetadata(at, "", -1) for tp, at in self._handled.items()}:
                self.consumer.commit(offsets, timeout_ms=COMMIT_MS)
        except (CommitFailedError, RebalanceInProgressError, RetriableError) as error:
            logger.warning("consumer.commit_rejected", extra={"error": repr(error)})
        else:
            self._handled.clear()

    def _forget(self, partitions: Iterable[TopicPartition]) -> None:
        for tp in partitions:
            for kept in (self._handled, self._split, self._retries):
                kept.pop(tp, None)
            if tp in self._lagging:
                self._lagging.discard(tp)
                self._set_lag(tp, 0)

    def _measure_lag(self, polled: Mapping[TopicPartition, list[Any]]) -> None:
        """Reads it off the poll: asking for a position may wait for the whole cluster."""
        for tp, records in polled.items():
            reached = self._handled.get(tp, records[0].offset)
            self._set_lag(tp, max(0, (self.consumer.highwater(tp) or reached) - reached))
            self._lagging.add(tp)

    def _set_lag(self, tp: TopicPartition, records: int) -> None:
        metrics.LAG.labels(self.group, table_name(tp.topic), tp.partition).set(records)
