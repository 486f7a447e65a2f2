"""A change stream that ends the relay's wait early; polling finds the events even without it."""

import logging
import time
from threading import Event
from typing import Any

from pymongo.change_stream import CollectionChangeStream
from pymongo.errors import PyMongoError

from apps.events.rows import outbox_messages

logger = logging.getLogger(__name__)
IDLE_SECONDS = 0.25
REOPEN_SECONDS = 5.0
INSERTED: list[dict[str, Any]] = [
    {"$match": {"operationType": "insert"}},
    {"$project": {"_id": 1}},
]


class WakeUp:
    def __init__(self) -> None:
        self._stream: CollectionChangeStream[Any] | None = None
        self._reopen_at = 0.0

    def wait(self, stop: Event) -> None:
        """Waits until an event comes, but no longer than `IDLE_SECONDS`."""
        if self._stream is None and time.monotonic() < self._reopen_at:
            stop.wait(IDLE_SECONDS)
            return
        try:
            if self._stream is None or not self._stream.alive:
                self.close()
                self._stream = _watch()
            else:
                self._stream.try_next()
        except PyMongoError as error:
            logger.warning("relay.no_change_stream", extra={"error": str(error)})
            self._reopen_at = time.monotonic() + REOPEN_SECONDS
            self.close()
            stop.wait(IDLE_SECONDS)

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()


def _watch() -> CollectionChangeStream[Any]:
    milliseconds = round(IDLE_SECONDS * 1000)
    return outbox_messages.watch(INSERTED, max_await_time_ms=milliseconds)
