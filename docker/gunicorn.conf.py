"""One process model for every web role; docs/decisions/0004 has the measurement behind it."""

import os
import signal
import socket
import sys
from typing import Any

from prometheus_client import multiprocess

bind = os.environ.get("BIND", "0.0.0.0:5000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "docker.workers.WebWorker"
worker_tmp_dir = "/dev/shm"  # noqa: S108
preload_app = False
keepalive = 65
timeout = 30
graceful_timeout = 20
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()


def child_exit(_server: Any, worker: Any) -> None:
    """Removes the gauges of a worker that is gone from /metrics."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)


def when_ready(server: Any) -> None:
    """Linux gives up a connection whose client reads nothing for this long (milliseconds); accepted
    sockets inherit it. Without it a stream's client that vanished would be kept for 15 minutes."""
    for listener in server.LISTENERS:
        if listener.sock.family in {socket.AF_INET, socket.AF_INET6}:
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 30_000)


def post_worker_init(worker: Any) -> None:
    """A worker with threads waits for its requests: live streams end when it is asked to stop.
    The ASGI worker has its own way, in airbnb/asgi.py."""
    own: Any = signal.getsignal(signal.SIGTERM)

    def both(number: int, frame: Any) -> None:
        streams = sys.modules.get("apps.notifications.streams.threads")
        if streams is not None:
            streams.end_all()
        own(number, frame)

    if callable(own):
        signal.signal(signal.SIGTERM, both)
