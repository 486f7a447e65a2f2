"""A database, topics, consumer groups and a Redis database of its own for each worker of
pytest-xdist. A plugin (`-p tests.worker`), since Django's settings are read before conftest.py."""

import faulthandler
import os
import signal
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from stack.common.os_processes import MARK

# The first two are of a run without workers and of the whole system's stack.
FIRST_REDIS = 2


def environment(worker: str, provided: Mapping[str, str]) -> dict[str, str]:
    url = urlsplit(provided["REDIS_URL"])
    redis = int(url.path.strip("/") or 0) + FIRST_REDIS + int(worker.removeprefix("gw"))
    return {
        "MONGODB_DATABASE": f"{provided['MONGODB_DATABASE']}_{worker}",
        "KAFKA_PREFIX": f"{provided.get('KAFKA_PREFIX', '')}{worker}-",
        "REDIS_URL": url._replace(path=f"/{redis}").geturl(),
    }


def outlive_sigterm() -> None:
    """A thread of some test sends its own process a SIGTERM once in a while, long after that test.
    Where all threads are is written to `sigterm.txt` in the folder of the instance, and the tests
    go on. Processes that are forked end by it."""
    worker, logs = os.getpid(), Path(os.environ.get(MARK, tempfile.gettempdir()))

    def say(number: int, _frame: FrameType | None) -> None:
        if os.getpid() != worker:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        with (logs / "sigterm.txt").open("a") as file:
            faulthandler.dump_traceback(file)

    signal.signal(signal.SIGTERM, say)


if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ |= environment(os.environ["PYTEST_XDIST_WORKER"], os.environ)
    outlive_sigterm()
