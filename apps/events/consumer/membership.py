"""A consumer's place in its group: what it forgets of partitions that move to another member."""

import logging
from collections.abc import Callable
from typing import Any

from kafka import ConsumerRebalanceListener, KafkaConsumer, TopicPartition

from apps.events import metrics

logger = logging.getLogger(__name__)
Partitions = set[TopicPartition]


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
