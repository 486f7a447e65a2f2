import os
import socket
import threading
import uuid
from typing import Any

from django.conf import settings

from apps.events.clients import kafka_clients
from apps.events.management.worker import CLOSE_SECONDS, WorkerCommand
from apps.events.relay.loop import Relay
from apps.events.status.backlog import Backlog


class Command(WorkerCommand):
    help = "Publish the outbox to Kafka. One relay is active, further ones stand by."
    collectors = (Backlog(),)

    def work(self, stop: threading.Event, **options: Any) -> None:
        owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        producer = kafka_clients.wait_for(kafka_clients.producer, stop)
        if producer is None:
            return
        try:
            Relay(producer, owner=owner, lease_seconds=settings.RELAY_LEASE_SECONDS).run(stop)
        finally:
            producer.close(timeout=CLOSE_SECONDS)
