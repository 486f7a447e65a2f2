"""One open stream: what was missed, then what comes, until a reason to end it."""

import asyncio
import contextvars
import datetime as dt
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Protocol

from pymongo.errors import PyMongoError

from apps.accounts.selectors import TokenProof
from apps.common import access
from apps.notifications import metrics, selectors
from apps.notifications.replies import NotificationReply
from apps.notifications.streams import wire

KEEP_ALIVE_SECONDS = 15
LIVE_SECONDS = 10
# What may wait for a client that does not read, and how long an ended stream has to close.
QUEUE = 100
PATIENCE_SECONDS = 5
# Read again before the last position: an item's `created_at` is older than its commit by a
# transaction (10 s), a stopped process or a clock that differs.
WINDOW = dt.timedelta(minutes=5)
MOST_MISSED = 500
END = b""


class Source(Protocol):
    """What a subscription needs of the broadcaster."""

    live: asyncio.Event
    position: int

    def join(self, subscription: "Subscription") -> None: ...
    def leave(self, subscription: "Subscription") -> None: ...


class Subscription:
    """Made in any thread, from then on used in the broadcaster's loop only.

    `since` is the position to resume from (ms) or None, `proof` what would end
    the token and `expires_at` when it ends (seconds),
    `described` the fields of its line in the log, written in the context it was made in.
    """

    def __init__(
        self, *, proof: TokenProof, expires_at: int, since: int | None, described: dict[str, Any]
    ) -> None:
        self.proof = proof
        self.user_id = proof.user_id
        self.expires_at = expires_at
        self.reason = ""
        self.patience: asyncio.Timeout | None = None
        self._since = since
        self._described = described
        self._context = contextvars.copy_context()
        self._began = time.perf_counter()
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(QUEUE)
        self._items = 0

    def offer(self, chunk: bytes) -> None:
        """Queues it; a client that leaves too much unread loses the stream, not the items."""
        if self._queue.full():
            self.end("slow")
        elif not self.reason:
            self._queue.put_nowait(chunk)

    def item(self, chunk: bytes) -> None:
        self._items += 1
        metrics.SENT.inc()
        self.offer(chunk)

    def end(self, reason: str) -> None:
        if self.reason:
            return
        self.reason = reason
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(END)
        if self.patience:
            self.patience.reschedule(asyncio.get_running_loop().time() + PATIENCE_SECONDS)

    async def chunks(self, source: Source) -> AsyncGenerator[bytes, None]:
        metrics.STREAMS.inc()
        try:
            yield wire.retry()
            async with asyncio.timeout(LIVE_SECONDS):
                await source.live.wait()
            source.join(self)
            async with aclosing(self._opening(source)) as opening:
                async for chunk in opening:
                    yield chunk
            while chunk := await self._next(source):
                yield chunk
        except (PyMongoError, TimeoutError):
            self.end("unavailable")
        finally:
            source.leave(self)
            self._note_end()

    async def _opening(self, source: Source) -> AsyncGenerator[bytes, None]:
        """Until `ready` the ids stay at the old position: a break in between resumes there."""
        position = source.position
        missed = await self._missed(position)
        for item in missed or ():
            self._items += 1
            metrics.SENT.inc()
            yield wire.event("notification", item, self._since)
        unread = await asyncio.to_thread(selectors.unread_count, self.user_id)
        yield wire.event("ready", {"resumed": missed is not None, "unread": unread}, position)

    async def _missed(self, position: int) -> list[NotificationReply] | None:
        """None where the feed must be loaded anew."""
        if self._since is None:
            return None
        since = dt.datetime.fromtimestamp(min(self._since, position) / 1000, dt.UTC)
        found = await asyncio.to_thread(
            selectors.notifications_since, self.user_id, since - WINDOW, limit=MOST_MISSED + 1
        )
        resumed = len(found) <= MOST_MISSED
        metrics.RESUMES.labels("resumed" if resumed else "anew").inc()
        return found if resumed else None

    async def _next(self, source: Source) -> bytes:
        try:
            async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                return await self._queue.get()
        except TimeoutError:
            return wire.keep_alive(source.position)

    def _note_end(self) -> None:
        reason = self.reason or "left"
        metrics.STREAMS.dec()
        metrics.ENDS.labels(reason).inc()
        seconds = time.perf_counter() - self._began
        more = {**self._described, "ended": reason, "items": self._items}
        self._context.run(access.log, more, 200, seconds)
