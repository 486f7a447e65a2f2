"""Subscriptions in threads of a WSGI server: each holds one for as long as it is open, so there are
few. They share a hub in a loop of its own, started in the process that serves the first."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack
from functools import cache
from weakref import WeakSet

from apps.common.errors import UnavailableError
from apps.notifications.streams import hub as hubs
from apps.notifications.streams.subscription import Subscription

MOST = 3
STOP_SECONDS = 5


class TooManyStreamsError(UnavailableError):
    code = "TOO_MANY_STREAMS"
    retry_after = 15

    def __init__(self) -> None:
        super().__init__("This process has no room for another live stream: ask the feed instead.")


class Backstage:
    """The loop, its thread, its hub and the streams that are open."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.open: WeakSet[ThreadStream] = WeakSet()
        self.lock = threading.Lock()
        threading.Thread(target=self.loop.run_forever, name="streams", daemon=True).start()
        self.stack = AsyncExitStack()
        entered = self.stack.enter_async_context(hubs.running())
        self.hub = asyncio.run_coroutine_threadsafe(entered, self.loop).result()


class ThreadStream(Iterator[bytes]):
    def __init__(self, backstage: Backstage, subscription: Subscription) -> None:
        self._backstage = backstage
        self._chunks = subscription.chunks(backstage.hub)

    def __next__(self) -> bytes:
        chunk = asyncio.run_coroutine_threadsafe(_next(self._chunks), self._backstage.loop).result()
        if not chunk:
            raise StopIteration
        return chunk

    def close(self) -> None:
        """Called by the server, whatever ended the response."""
        self._backstage.open.discard(self)
        closing = asyncio.run_coroutine_threadsafe(_close(self._chunks), self._backstage.loop)
        closing.result(STOP_SECONDS)


async def _next(chunks: AsyncGenerator[bytes, None]) -> bytes:
    return await anext(chunks, b"")


async def _close(chunks: AsyncGenerator[bytes, None]) -> None:
    await chunks.aclose()


_starting = threading.Lock()


@cache
def _backstage() -> Backstage:
    return Backstage()


def stream(subscription: Subscription) -> ThreadStream:
    """Raises `TooManyStreamsError`."""
    with _starting:
        backstage = _backstage()
        if len(backstage.open) >= MOST:
            raise TooManyStreamsError
        made = ThreadStream(backstage, subscription)
        backstage.open.add(made)
    return made


def end_all() -> None:
    """When the process is told to stop; may be called in a signal handler."""
    if _backstage.cache_info().currsize:
        backstage = _backstage()
        backstage.loop.call_soon_threadsafe(backstage.hub.close)
