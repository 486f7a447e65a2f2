"""Timers and background jobs. Nothing about a booking depends on them alone."""

import os
from typing import Any

from celery import Celery, signals
from celery.beat import PersistentScheduler

from apps.common.heartbeat import beat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
app = Celery("airbnb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.heartbeat_sent.connect
def worker_lives(**_: Any) -> None:
    beat()


class HeartbeatScheduler(PersistentScheduler):
    def tick(self, *args: Any, **kwargs: Any) -> float:
        beat()
        return float(super().tick(*args, **kwargs))
