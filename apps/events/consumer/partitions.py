"""What a member of a group remembers of its partitions: which of them waits for a retry, and that
all is forgotten of those that move to another member."""

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kafka import ConsumerRebalanceListener, KafkaConsumer, TopicPartition

from apps.common.clock import utc_now
from apps.events import metrics
from apps.events.failures import UNKNOWN

logger = logging.getLogger(__name__)
BACKOFF_MAX_SECONDS = 30.0
DOUBLINGS = 8
Partitions = set[TopicPartition]


@dataclass
class Retry:
    """`unknown` counts the failures that may be the message's fault, `attempts` all of them."""

    offset: int
    first_failed_at: dt.datetime
    attempts: int = 0
    unknown: int = 0
    resume_at: float = 0.0

    def back_off(self) -> None:
        seconds = 0.2 * 2 ** min(self.attempts, DOUBLINGS)
        self.resume_at = time.monotonic() + min(seconds, BACKOFF_MAX_SECONDS)


class Retries(dict[TopicPartition, Retry]):
    def note(self, tp: TopicPartition, offset: int, *, kind: str) -> Retry:
        """One more failure of this record."""
        retry = self.get(tp)
        if retry is None or retry.offset != offset:
            retry = self[tp] = Retry(offset, utc_now())
        retry.attempts += 1
        retry.unknown += kind == UNKNOWN
        return retry

    def due(self) -> set[TopicPartition]:
        return {tp for tp, retry in self.items() if retry.resume_at <= time.monotonic()}


class Moves(ConsumerRebalanceListener):
    """Called while the loop waits in `poll`, between two batches: all that was handled is
    committed, unless Kafka was away, and then `forget` discards it."""

    def __init__(
        self, consumer: KafkaConsumer, *, group: str, forget: Callable[[Partitions], None]
    ) -> None:
        self.consumer = consumer
        self.group = group
        self.forget = forget

    def on_partitions_assigned(self, assigned: Partitions) -> None:
        self._note("assigned", assigned)

    def on_partitions_revoked(self, revoked: Partitions) -> None:
        self._note("revoked", revoked)
        self.forget(revoked)

    def on_partitions_lost(self, lost: Partitions) -> None:
        """The assignor would claim them on coming back, though others own them by now."""
        self._note("lost", lost)
        self.forget(lost)
        for assignor in self.consumer.config["partition_assignment_strategy"]:
            if hasattr(assignor, "member_assignment"):
                assignor.member_assignment = None

    def _note(self, how: str, partitions: Partitions) -> None:
        metrics.REBALANCES.labels(self.group, how).inc()
        names: list[Any] = sorted(f"{tp.topic}-{tp.partition}" for tp in partitions)
        logger.info("consumer.rebalance", extra={"how": how, "partitions": names})
