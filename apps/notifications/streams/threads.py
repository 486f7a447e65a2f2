"""Subscriptions in threads of a WSGI server: each holds one for as long as it is open, so there are
few. They share a broadcaster in a loop of its own, started in the process that serves the first."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack
from functools import cache
from weakref import WeakSet

from apps.common.errors import UnavailableError
from apps.notifications.streams import broadcaster
from apps.notifications.streams.subscription import Subscription

MOST = 3
STOP_SECONDS = 5


class TooManyStreamsError(UnavailableError):
    code = "TOO_MANY_STREAMS"
    sentence = (
        "Too many live streams are open here. Load the feed instead, or try again in a moment."
    )
    retry_after = 15


class StreamLoop:
    """The loop, its thread, its broadcaster and the streams that are open."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.open: WeakSet[ThreadStream] = WeakSet()
        self.lock = threading.Lock()
        threading.Thread(target=self.loop.run_forever, name="streams", daemon=True).start()
        self.stack = AsyncExitStack()
        entered = self.stack.enter_async_context(broadcaster.running())
        self.broadcaster = asyncio.run_coroutine_threadsafe(entered, self.loop).result()


class ThreadStream(Iterator[bytes]):
    def __init__(self, stream_loop: StreamLoop, subscription: Subscription) -> None:
        self._stream_loop = stream_loop
        self._chunks = subscription.chunks(stream_loop.broadcaster)

    def __next__(self) -> bytes:
        chunk = asyncio.run_coroutine_threadsafe(
            _next(self._chunks), self._stream_loop.loop
        ).result()
        if not chunk:
            raise StopIteration
        return chunk

    def close(self) -> None:
        """Called by the server, whatever ended the response."""
        self._stream_loop.open.discard(self)
        closing = asyncio.run_coroutine_threadsafe(_close(self._chunks), self._stream_loop.loop)
        closing.result(STOP_SECONDS)


async def _next(chunks: AsyncGenerator[bytes, None]) -> bytes:
    return await anext(chunks, b"")


async def _close(chunks: AsyncGenerator[bytes, None]) -> None:
    await chunks.aclose()


_starting = threading.Lock()


@cache
def _stream_loop() -> StreamLoop:
    return StreamLoop()


def stream(subscription: Subscription) -> ThreadStream:
    """Raises `TooManyStreamsError`."""
    with _starting:
        stream_loop = _stream_loop()
        if len(stream_loop.open) >= MOST:
            raise TooManyStreamsError
        made = ThreadStream(stream_loop, subscription)
        stream_loop.open.add(made)
    return made


def end_all() -> None:
    """Ends the streams when the process is asked to stop; may be called in a signal handler."""
    if _stream_loop.cache_info().currsize:
        stream_loop = _stream_loop()
        stream_loop.loop.call_soon_threadsafe(stream_loop.broadcaster.close)
