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
from apps.common.middleware import request_id_bind, request_id_current
from apps.common.trace import HEADER as TRACEPARENT
from apps.common.trace import trace_bind, traceparent_current

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
app = Celery("airbnb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


TASKS = Histogram(
    "celery_task_seconds", "Finished tasks.", ["task", "state"], buckets=metrics.SECONDS
)
REQUEST_ID = "request_id"
_began: dict[str, float] = {}


@signals.worker_ready.connect
@signals.beat_init.connect
def serve_metrics(**_: Any) -> None:
    if settings.METRICS_BIND:
        metrics.serve(settings.METRICS_BIND)


@signals.before_task_publish.connect
def task_sent(headers: dict[str, Any], **_: Any) -> None:
    """A task goes on with the request and the trace of whoever sends it; a timer begins one."""
    headers[REQUEST_ID] = request_id_current()
    headers[TRACEPARENT] = traceparent_current()


@signals.task_prerun.connect
def task_begins(task_id: str, task: Any, **_: Any) -> None:
    given = task.request.get("headers") or {}
    request_id_bind(str(given.get(REQUEST_ID, "")))
    trace_bind(str(given.get(TRACEPARENT, "")))
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
