"""One process model for every web role; docs/decisions/0004 has the measurement behind it."""

import os
from typing import Any

from prometheus_client import multiprocess

bind = os.environ.get("BIND", "0.0.0.0:5000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
worker_tmp_dir = "/dev/shm"  # noqa: S108
preload_app = False
keepalive = 65
timeout = 30
graceful_timeout = 20
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()


def child_exit(_server: Any, worker: Any) -> None:
    """Takes the gauges of a worker that is gone out of /metrics."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)
