"""What the worker commands share: signals end the loop, a fatal error ends the process."""

import logging
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from prometheus_client.registry import Collector

from apps.common import metrics

logger = logging.getLogger(__name__)
CLOSE_SECONDS = 5


class WorkerCommand(BaseCommand):
    """`work` returns soon after `stop` is set; what it raises is logged and exits with 1."""

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
