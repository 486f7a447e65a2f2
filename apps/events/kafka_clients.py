"""Kafka's clients. Built once a process, after any fork; never rebuilt: a fatal error exits."""

from django.conf import settings
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer

SESSION_TIMEOUT_MS = 10_000


def producer() -> KafkaProducer:
    return KafkaProducer(
        bootstrap_servers=settings.KAFKA_BOOTSTRAP_SERVERS,
        client_id=settings.SERVICE_ROLE,
        enable_idempotence=True,
        acks="all",
        delivery_timeout_ms=30_000,
        request_timeout_ms=10_000,
        linger_ms=5,
        allow_auto_create_topics=False,
    )


def consumer(group: str, topics: list[str]) -> KafkaConsumer:
    return KafkaConsumer(
        *topics,
        bootstrap_servers=settings.KAFKA_BOOTSTRAP_SERVERS,
        client_id=settings.SERVICE_ROLE,
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_poll_records=100,
        session_timeout_ms=SESSION_TIMEOUT_MS,
        allow_auto_create_topics=False,
    )


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
        bootstrap_servers=settings.KAFKA_BOOTSTRAP_SERVERS, client_id=settings.SERVICE_ROLE
    )
