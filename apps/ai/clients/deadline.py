"""Bounds a whole call. The time-outs of httpx hold for each read, so a server that sends a
byte now and then, or a name server that hangs, would hold a caller for as long as it likes."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

T = TypeVar("T")
_calls = ThreadPoolExecutor(max_workers=16, thread_name_prefix="ai-client")


def within(seconds: float, call: Callable[[], T]) -> T:
    """Raises `TimeoutError`; the abandoned call ends by its own time-outs."""
    future = _calls.submit(call)
    try:
        return future.result(timeout=seconds)
    except TimeoutError:
        future.cancel()
        raise


class Breaker:
    """Opens after `failures` in a row: then nothing is tried for `seconds`, so that a host that is
    down costs its time-out once, not at every request."""

    def __init__(self, *, failures: int, seconds: float) -> None:
        self.failures = failures
        self.seconds = seconds
        self._lock = Lock()
        self.reset()

    def reset(self) -> None:
        self._count = 0
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self._until

    def succeeded(self) -> None:
        with self._lock:
            self._count = 0

    def failed(self) -> None:
        with self._lock:
            self._count += 1
            if self._count >= self.failures:
                self._count = 0
                self._until = time.monotonic() + self.seconds
