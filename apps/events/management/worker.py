"""What the worker commands share: signals end the loop, a fatal error ends the process."""

import logging
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string
from kafka import KafkaConsumer
from kafka.errors import KafkaError
from prometheus_client.registry import Collector

from apps.common import metrics
from apps.events.clients import kafka_clients
from apps.events.consumer.loop import ConsumerLoop
from apps.events.topics import wire_name

logger = logging.getLogger(__name__)
CLOSE_SECONDS = 5


class WorkerCommand(BaseCommand):
    """`work` returns soon after `stop` is set; what it raises is logged and exits with 1.

    The set-up job runs the system checks; they would load every view into each worker.
    """

    requires_system_checks = ()
    collectors: tuple[Collector, ...] = ()

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if settings.METRICS_BIND:
            metrics.serve(settings.METRICS_BIND, self.collectors)
        try:
            self.work(stop, **options)
        except Exception:
            logger.exception("worker.fatal")
            raise SystemExit(1) from None

    def work(self, stop: threading.Event, **options: Any) -> None:
        raise NotImplementedError


def consume(group: str, stop: threading.Event) -> None:
    """Runs the consumer group of `settings.CONSUMER_GROUPS` until `stop` is set."""
    handlers = import_string(settings.CONSUMER_GROUPS[group])
    name = wire_name(group)
    consumer = kafka_clients.wait_for(lambda: kafka_clients.consumer(name), stop)
    if consumer is None:
        return
    loop = ConsumerLoop(
        consumer, group=group, handlers=handlers, max_attempts=settings.CONSUMER_MAX_ATTEMPTS
    )
    try:
        loop.run(stop)
        _leave(consumer, name)
    finally:
        consumer.close(autocommit=False, timeout_ms=CLOSE_SECONDS * 1000)


def _leave(consumer: KafkaConsumer, name: str) -> None:
    """Leaves the group at once when asked to stop; one that crashes stays a static member."""
    if not settings.KAFKA_INSTANCE_ID:
        return
    try:
        kafka_clients.leave(name, member_id=consumer.group_metadata().member_id)
    except KafkaError as error:
        logger.warning("consumer.static_member_kept", extra={"error": repr(error)})
