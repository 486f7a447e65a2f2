import logging
import threading

from django.conf import settings
from django.utils.module_loading import import_string
from kafka import KafkaConsumer
from kafka.errors import KafkaError

from apps.events.clients import kafka_clients
from apps.events.consumer.loop import ConsumerLoop
from apps.events.management.worker import CLOSE_SECONDS
from apps.events.topics import wire_name

logger = logging.getLogger(__name__)


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
    """Who is told to stop leaves at once; who crashes keeps a static member's seat."""
    if not settings.KAFKA_INSTANCE_ID:
        return
    try:
        kafka_clients.leave(name, member_id=consumer.group_metadata().member_id)
    except KafkaError as error:
        logger.warning("consumer.seat_kept", extra={"error": repr(error)})
