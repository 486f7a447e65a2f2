"""Kafka's clients. Built once a process, after any fork; never rebuilt: a fatal error exits."""

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from django.conf import settings
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import MemberToRemove
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import RetriableError

from apps.common.heartbeat import beat

logger = logging.getLogger(__name__)
Client = TypeVar("Client")
SESSION_TIMEOUT_MS = 10_000
HEARTBEAT_MS = 1_000
# How long a member may be busy with a batch, and how long the others wait for it in a rebalance.
MAX_POLL_MS = 60_000
BOOTSTRAP_MS = 5_000
# The client's own 30 s, by node and for its metadata, would go on waiting when brokers are back.
RECONNECT_MS = 2_000


def wait_for(make: Callable[[], Client], stop: threading.Event) -> Client | None:
    """The client, once a broker answers; None when `stop` is set before that."""
    while not stop.is_set():
        beat()
        try:
            return make()
        except RetriableError as error:
            logger.warning("kafka.away", extra={"error": str(error)})
            stop.wait(1)
    return None


def producer() -> KafkaProducer:
    return KafkaProducer(
        bootstrap_servers=settings.KAFKA_BOOTSTRAP_SERVERS,
        bootstrap_timeout_ms=BOOTSTRAP_MS,
        reconnect_backoff_max_ms=RECONNECT_MS,
        client_id=settings.SERVICE_ROLE,
        enable_idempotence=True,
        acks="all",
        delivery_timeout_ms=30_000,
        request_timeout_ms=10_000,
        max_block_ms=10_000,
        linger_ms=5,
        allow_auto_create_topics=False,
    )


def consumer(group: str, topics: Sequence[str] = ()) -> KafkaConsumer:
    """`ConsumerLoop` subscribes to the topics of its handlers by itself."""
    return KafkaConsumer(
        *topics,
        bootstrap_servers=settings.KAFKA_BOOTSTRAP_SERVERS,
        bootstrap_timeout_ms=BOOTSTRAP_MS,
        reconnect_backoff_max_ms=RECONNECT_MS,
        client_id=settings.SERVICE_ROLE,
        group_id=group,
        group_instance_id=settings.KAFKA_INSTANCE_ID or None,
        partition_assignment_strategy=[CooperativeStickyAssignor()],
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_poll_records=100,
        max_poll_interval_ms=MAX_POLL_MS,
        session_timeout_ms=SESSION_TIMEOUT_MS,
        heartbeat_interval_ms=HEARTBEAT_MS,
        allow_auto_create_topics=False,
    )


def resume(consumer: KafkaConsumer, partitions: Collection[TopicPartition]) -> None:
    """Resumes partitions that were sought back and paused. kafka-python 3.0.12 puts aside what it
    had read of them, and returns that only when no other partition answers, be it with nothing:
    never, where there are idle ones. It lies ahead of the sought offset and is discarded here."""
    for partition in partitions:
        consumer._fetcher._paused_partition_records.pop(partition, None)  # noqa: SLF001
    consumer.resume(*partitions)


def leave(group: str, *, member_id: str) -> None:
    """Removes the static member, for which the group would wait until the session's timeout. It
    names the member id too, so that a process that replaced this one stays."""
    client = admin()
    try:
        member = MemberToRemove(
            member_id=member_id, group_instance_id=settings.KAFKA_INSTANCE_ID, reason="stopped"
        )
        client.remove_group_members(group, [member])
    finally:
        client.close()


def reader() -> KafkaConsumer:
    """For assigning partitions by hand: of no group, nothing is committed."""
    return KafkaConsumer(
        bootstrap_servers=settings.KAFKA_BOOTSTRAP_SERVERS,
        client_id=settings.SERVICE_ROLE,
        group_id=None,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_poll_records=1000,
        allow_auto_create_topics=False,
    )


def admin() -> KafkaAdminClient:
    return KafkaAdminClient(
        bootstrap_servers=settings.KAFKA_BOOTSTRAP_SERVERS,
        bootstrap_timeout_ms=BOOTSTRAP_MS,
        reconnect_backoff_max_ms=RECONNECT_MS,
        client_id=settings.SERVICE_ROLE,
    )
