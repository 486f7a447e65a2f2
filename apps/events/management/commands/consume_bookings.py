import threading
from argparse import ArgumentParser
from typing import Any

from apps.events.management.worker import WorkerCommand, consume


class Command(WorkerCommand):
    help = "Consume the booking topics for one group."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--group", required=True, choices=["owners", "travelers"])

    def work(self, stop: threading.Event, **options: Any) -> None:
        consume(options["group"], stop)
