"""The loop of a group's member: lots of records in order, retries, offsets, lag."""

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
from apps.events.consumer.membership import Moves
from apps.events.consumer.retries import Retries, Retry
from apps.events.topics import table_name, wire_name

logger = logging.getLogger(__name__)
POLL_MS = 1000
COMMIT_MS = 5000
# After so long in one batch the loop polls again: well before the group gives the member up.
BATCH_SECONDS = 15.0
# Records of a partition that share a transaction: its commit costs as much as several effects.
LOT = 20
SEAT_SECONDS = 3.0


class ConsumerLoop:
    """Goes on while Kafka or MongoDB is away. Raises what Kafka's client raises beyond that, such
    as a seat in the group that another took: the supervisor starts a new process."""

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
        self._parted: dict[TopicPartition, int] = {}
        self._lagging: set[TopicPartition] = set()
        self._seat_checked_at = time.monotonic()

    def run(self, stop: threading.Event) -> None:
        self._stop = stop
        moves = Moves(self.consumer, group=self.group, forget=self._forget)
        self.consumer.subscribe(self.topics, listener=moves)
        while not stop.is_set():
            beat()
            resume(self.consumer, self._retries.due() & self.consumer.paused())
            batches = self._poll()
            self._run_batches(batches)
            self._measure_lag(batches)
            self._commit()

    def _poll(self) -> dict[TopicPartition, list[Any]]:
        try:
            found: dict[TopicPartition, list[Any]] = self.consumer.poll(timeout_ms=POLL_MS)
        except RetriableError as error:
            logger.warning("kafka.away", extra={"error": repr(error)})
            self._stop.wait(1)
            return {}
        return found

    def _run_batches(self, batches: Mapping[TopicPartition, list[Any]]) -> None:
        until = time.monotonic() + BATCH_SECONDS
        for tp, records in batches.items():
            self._run_partition(tp, records, until)

    def _run_partition(self, tp: TopicPartition, records: list[Any], until: float) -> None:
        """Up to the first record that has to wait, and its partition with it."""
        at = 0
        while at < len(records):
            beat()
            if self._stop.is_set() or time.monotonic() > until:
                self.consumer.seek(tp, records[at].offset)
                return
            done = self._run_lot(tp, records[at : at + LOT])
            if not done:
                return
            at += done
            self._handled[tp] = records[at - 1].offset + 1

    def _run_lot(self, tp: TopicPartition, lot: list[Any]) -> int:
        """How many of its first records are done. One that fails parts the lot: all of it is then
        handled record by record, so that only the one to blame is counted and waits."""
        alone = len(lot) == 1 or lot[0].offset <= self._parted.get(tp, -1)
        if not alone and tp not in self._retries:
            try:
                done = self._delivery.deliver_lot(lot, self._stop)
            except Exception as error:  # noqa: BLE001 a handler may raise anything
                logger.info("consumer.lot_parted", extra={"topic": tp.topic, "error": repr(error)})
                self._parted[tp] = lot[-1].offset
            else:
                for _ in range(done):
                    self._count(tp, "done")
                return done
        return int(self._run_record(tp, lot[0]))

    def _run_record(self, tp: TopicPartition, record: Any) -> bool:
        """False where the record, and with it its partition, has to wait."""
        outcome = "done"
        try:
            self._delivery.deliver(record)
        except Exception as error:  # noqa: BLE001 a handler may raise anything
            if not self._is_given_up(tp, record, error):
                self._count(tp, "retried")
                return False
            outcome = "buried"
        self._count(tp, outcome)
        self._retries.pop(tp, None)
        return True

    def _count(self, tp: TopicPartition, outcome: str) -> None:
        metrics.RECORDS.labels(self.group, table_name(tp.topic), outcome).inc()

    def _is_given_up(self, tp: TopicPartition, record: Any, error: Exception) -> bool:
        """Counts the failure. The record becomes a dead letter, or holds its partition back."""
        kind = failures.kind(error)
        retry = self._retries.note(tp, record.offset, kind=kind)
        self._tell(tp, retry, error, kind=kind)
        if kind == failures.PERMANENT or retry.unknown >= self.max_attempts:
            try:
                self._delivery.bury(record, error, retry)
            except Exception as outage:
                if failures.kind(outage) != failures.TRANSIENT:
                    raise
                self._tell(tp, retry, outage, kind=failures.TRANSIENT)
            else:
                return True
        retry.back_off()
        self.consumer.seek(tp, record.offset)
        self.consumer.pause(tp)
        return False

    def _tell(self, tp: TopicPartition, retry: Retry, error: Exception, *, kind: str) -> None:
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

    def _check_seat(self) -> None:
        """Kafka's client keeps it to itself when another process took this static member's seat; a
        commit is refused and ends the process."""
        quiet = time.monotonic() - self._seat_checked_at
        if self.consumer.config["group_instance_id"] is None or quiet < SEAT_SECONDS:
            return
        self._seat_checked_at = time.monotonic()
        for tp in self.consumer.assignment() - self._handled.keys() - self._retries.keys():
            position = self.consumer.position(tp, timeout_ms=POLL_MS)
            if position is not None:
                self._handled[tp] = position

    def _commit(self) -> None:
        """What Kafka does not take now is offered again, while the partition stays here."""
        try:
            self._check_seat()
            if offsets := {tp: OffsetAndMetadata(at, "", -1) for tp, at in self._handled.items()}:
                self.consumer.commit(offsets, timeout_ms=COMMIT_MS)
        except (CommitFailedError, RebalanceInProgressError, RetriableError) as error:
            logger.warning("consumer.commit_refused", extra={"error": repr(error)})
        else:
            self._handled.clear()

    def _forget(self, partitions: Iterable[TopicPartition]) -> None:
        for tp in partitions:
            for kept in (self._handled, self._parted, self._retries):
                kept.pop(tp, None)
            if tp in self._lagging:
                self._lagging.discard(tp)
                self._set_lag(tp, 0)

    def _measure_lag(self, batches: Mapping[TopicPartition, list[Any]]) -> None:
        """From what the poll told: asking for a position may wait for the whole cluster."""
        for tp, records in batches.items():
            reached = self._handled.get(tp, records[0].offset)
            self._set_lag(tp, max(0, (self.consumer.highwater(tp) or reached) - reached))
            self._lagging.add(tp)

    def _set_lag(self, tp: TopicPartition, records: int) -> None:
        metrics.LAG.labels(self.group, table_name(tp.topic), tp.partition).set(records)
