"""Timers and background jobs. Nothing about a booking depends on them alone."""

import os
import time
from typing import Any

from celery import Celery, signals
from celery.beat import PersistentScheduler
from django.conf import settings
from prometheus_client import Histogram

from apps.common import metrics
from apps.common.heartbeat import beat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
app = Celery("airbnb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


TASKS = Histogram(
    "celery_task_seconds", "Finished tasks.", ["task", "state"], buckets=metrics.SECONDS
)
_began: dict[str, float] = {}


@signals.worker_ready.connect
@signals.beat_init.connect
def serve_metrics(**_: Any) -> None:
    if settings.METRICS_BIND:
        metrics.serve(settings.METRICS_BIND)


@signals.task_prerun.connect
def task_begins(task_id: str, **_: Any) -> None:
    _began[task_id] = time.monotonic()


@signals.task_postrun.connect
def task_ends(task_id: str, task: Any, state: str | None = None, **_: Any) -> None:
    began = _began.pop(task_id, time.monotonic())
    TASKS.labels(task.name, state or "UNKNOWN").observe(time.monotonic() - began)


@signals.heartbeat_sent.connect
def worker_lives(**_: Any) -> None:
    beat()


class HeartbeatScheduler(PersistentScheduler):
    def tick(self, *args: Any, **kwargs: Any) -> float:
        beat()
        return float(super().tick(*args, **kwargs))
