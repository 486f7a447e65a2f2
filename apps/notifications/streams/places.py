"""How many live streams a process holds, and how many of them one account may have. The newest is
refused, not the oldest closed: tabs that push each other out would open streams for ever, while one
that is refused asks the feed (docs/decisions/0022)."""

import threading
import weakref
from collections import Counter
from typing import ClassVar

from bson import ObjectId

from apps.common.errors import RateLimitedError, UnavailableError


class TooManyStreamsError(UnavailableError):
    code = "TOO_MANY_STREAMS"
    sentence = (
        "Too many live streams are open here. Load the feed instead, or try again in a moment."
    )
    retry_after = 15


class TooManyOwnStreamsError(RateLimitedError):
    code = "TOO_MANY_OWN_STREAMS"
    sentence = "You have {count} live streams open here. Load the feed instead, or close one."
    sample: ClassVar = {"count": 10}
    retry_after = 15


class StreamPlaces:
    def __init__(self, *, a_process: int, an_account: int) -> None:
        self._a_process, self._an_account = a_process, an_account
        self._open: Counter[ObjectId] = Counter()
        self._lock = threading.RLock()  # a forgotten place may be left in the midst of `take`

    def take(self, user_id: ObjectId) -> "Place":
        """Raises `TooManyStreamsError` and `TooManyOwnStreamsError`."""
        with self._lock:
            if self._open[user_id] >= self._an_account:
                raise TooManyOwnStreamsError(count=self._open[user_id])
            if self._open.total() >= self._a_process:
                raise TooManyStreamsError
            self._open[user_id] += 1
        return Place(self, user_id)

    def leave(self, user_id: ObjectId) -> None:
        with self._lock:
            self._open[user_id] -= 1
            if not self._open[user_id]:
                del self._open[user_id]


class Place:
    """Left once: when the response is closed, or is forgotten without that."""

    def __init__(self, places: StreamPlaces, user_id: ObjectId) -> None:
        self.leave = weakref.finalize(self, places.leave, user_id)


# In an event loop a stream costs 31 KiB, in a thread the thread.
IN_LOOP = StreamPlaces(a_process=8_000, an_account=10)
IN_THREADS = StreamPlaces(a_process=3, an_account=2)
