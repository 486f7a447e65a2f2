import threading
from contextlib import contextmanager

from apps.events.clients import kafka_clients
from apps.events.consumer.loop import ConsumerLoop
from apps.events.tests.waiting import WAIT_SECONDS
from apps.events.topics import wire_name


@contextmanager
def consuming(handlers, *, group="probe", max_attempts=2):
    """Runs a consumer loop in a thread; what it raises fails the test."""
    stop, failures = threading.Event(), []
    consumer = kafka_clients.consumer(wire_name(group))
    loop = ConsumerLoop(consumer, group=group, handlers=handlers, max_attempts=max_attempts)

    def run():
        try:
            loop.run(stop)
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(WAIT_SECONDS)
        consumer.close(autocommit=False, timeout_ms=5000)
    assert failures == []
