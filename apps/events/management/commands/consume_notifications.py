import threading
from typing import Any

from apps.events.management.consume import consume
from apps.events.management.worker import WorkerCommand


class Command(WorkerCommand):
    help = "Consume the notifications topic into the feeds."

    def work(self, stop: threading.Event, **options: Any) -> None:
        consume("notifications", stop)
