"""Bounds how many request threads of a process may be in slow work (photos, password hashes, live
streams), so that the other calls go on."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings

# Threads that slow work of all kinds together leaves to the other calls.
LEFT = 2


@cache
def _shared() -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(max(1, settings.WEB_THREADS - LEFT))


class Places:
    """At most `most` threads are in one kind of slow work, those that wait for it included."""

    def __init__(self, most: int) -> None:
        self._own = threading.BoundedSemaphore(most)

    def acquire(self) -> bool:
        """Never waits: False where there is no place."""
        if not self._own.acquire(blocking=False):
            return False
        if _shared().acquire(blocking=False):
            return True
        self._own.release()
        return False

    def release(self) -> None:
        _shared().release()
        self._own.release()

    @contextmanager
    def place(self, refusal: type[Exception]) -> Iterator[None]:
        """Raises `refusal` where there is none."""
        if not self.acquire():
            raise refusal
        try:
            yield
        finally:
            self.release()
