import threading
from typing import Any

from apps.events.management.worker import WorkerCommand, consume


class Command(WorkerCommand):
    help = "Consume the notifications topic into the feeds."

    def work(self, stop: threading.Event, **options: Any) -> None:
        consume("notifications", stop)
