"""Subscriptions in threads of a WSGI server: each holds one for as long as it is open, so there are
few. They share a broadcaster in a loop of its own, started in the process that serves the first."""

import asyncio
import threading
import weakref
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack
from functools import cache

from apps.common.slow_work import Places
from apps.notifications.streams import broadcaster
from apps.notifications.streams.places import TooManyStreamsError
from apps.notifications.streams.subscription import Subscription

STOP_SECONDS = 5
_threads = Places(3)


class StreamLoop:
    """The loop, its thread and its broadcaster."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, name="streams", daemon=True).start()
        self.stack = AsyncExitStack()
        entered = self.stack.enter_async_context(broadcaster.running())
        self.broadcaster = asyncio.run_coroutine_threadsafe(entered, self.loop).result()


class ThreadStream(Iterator[bytes]):
    def __init__(self, stream_loop: StreamLoop, subscription: Subscription) -> None:
        self._stream_loop = stream_loop
        self._chunks = subscription.chunks(stream_loop.broadcaster)
        self._leave = weakref.finalize(self, _threads.release)

    def __next__(self) -> bytes:
        chunk = asyncio.run_coroutine_threadsafe(
            _next(self._chunks), self._stream_loop.loop
        ).result()
        if not chunk:
            raise StopIteration
        return chunk

    def close(self) -> None:
        """Called by the server, whatever ended the response."""
        self._leave()
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
    """Raises `TooManyStreamsError` where slow work has the threads already."""
    if not _threads.acquire():
        raise TooManyStreamsError
    try:
        with _starting:
            stream_loop = _stream_loop()
    except BaseException:
        _threads.release()
        raise
    return ThreadStream(stream_loop, subscription)


def end_all() -> None:
    """Ends the streams when the process is asked to stop; may be called in a signal handler."""
    if _stream_loop.cache_info().currsize:
        stream_loop = _stream_loop()
        stream_loop.loop.call_soon_threadsafe(stream_loop.broadcaster.close)
