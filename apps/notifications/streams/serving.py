"""A subscription in the event loop of an ASGI server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Any

from apps.notifications.streams.broadcaster import Broadcaster
from apps.notifications.streams.subscription import Subscription


@asynccontextmanager
async def serving(
    subscription: Subscription, source: Broadcaster, receive: Callable[[], Awaitable[Any]]
) -> AsyncIterator[AsyncIterator[bytes]]:
    """The chunks, to be sent inside. A client that does not read even the end of them within
    `PATIENCE_SECONDS` is left; the server then closes its connection."""
    left = asyncio.ensure_future(receive())
    left.add_done_callback(lambda _: subscription.end("left"))
    try:
        with suppress(TimeoutError):
            async with (
                asyncio.timeout(None) as subscription.patience,
                aclosing(subscription.chunks(source)) as chunks,
            ):
                yield chunks
    finally:
        left.cancel()
