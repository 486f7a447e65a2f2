import threading

from django.conf import settings
from django.utils.module_loading import import_string

from apps.events import kafka_clients
from apps.events.consumer import ConsumerLoop
from apps.events.management.worker import CLOSE_SECONDS
from apps.events.topics import wire_name


def consume(group: str, stop: threading.Event) -> None:
    """Runs the consumer group of `settings.CONSUMER_GROUPS` until `stop` is set."""
    handlers = import_string(settings.CONSUMER_GROUPS[group])
    consumer = kafka_clients.consumer(wire_name(group), [wire_name(topic) for topic in handlers])
    loop = ConsumerLoop(
        consumer, group=group, handlers=handlers, max_attempts=settings.CONSUMER_MAX_ATTEMPTS
    )
    try:
        loop.run(stop)
    finally:
        consumer.close(autocommit=False, timeout_ms=CLOSE_SECONDS * 1000)
