import time

from django.conf import settings
from kafka import KafkaConsumer

from apps.events.topics import wire_name

WAIT_SECONDS = 40


def wait_for(condition, what, seconds=WAIT_SECONDS):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {seconds} s")


def read_topic(name, count):
    consumer = KafkaConsumer(
        wire_name(name),
        bootstrap_servers=settings.KAFKA_BOOTSTRAP_SERVERS,
        auto_offset_reset="earliest",
        consumer_timeout_ms=WAIT_SECONDS * 1000,
    )
    try:
        return [next(consumer) for _ in range(count)]
    finally:
        consumer.close(timeout_ms=5000)
