"""The notification role: Django's chain in a few threads, as in the other roles (its own way starts
one for each request), and the live streams that it opens in the event loop."""

import asyncio
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any, cast

import django
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.core.signals import request_started
from django.http.response import HttpResponseBase

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
django.setup(set_prefix=False)

from apps.notifications.streams import broadcaster  # noqa: E402
from apps.notifications.streams.serving import serving  # noqa: E402
from apps.notifications.views.stream import EventStreamResponse  # noqa: E402


class Application(ASGIHandler):
    broadcaster: broadcaster.Broadcaster

    def __init__(self) -> None:
        super().__init__()
        threads = int(os.environ.get("WEB_THREADS", "8"))
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="web")

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        else:
            with suppress(RequestAborted):
                await self.handle(scope, receive, send)

    async def live(self, receive: Any, send: Any) -> None:
        await receive()
        async with broadcaster.running() as self.broadcaster:
            _also_on_exit(self.broadcaster.close)
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        with await self.read_body(receive) as body:
            response = await self.in_thread(self.respond, scope, body)
        try:
            await self.answer(response, receive, send)
        finally:
            await self.in_thread(response.close)

    async def answer(self, response: HttpResponseBase, receive: Any, send: Any) -> None:
        if isinstance(response, EventStreamResponse):
            async with serving(response.subscription, self.broadcaster, receive) as chunks:
                response.streaming_content = chunks
                await self.send_response(response, send)
        else:
            await self.send_response(response, send)

    def respond(self, scope: Any, body: Any) -> HttpResponseBase:
        request_started.send(sender=type(self), scope=scope)
        request, refused = self.create_request(scope, body)
        return refused or self.get_response(cast("ASGIRequest", request))

    async def in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        run = copy_context().run
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, run, function, *arguments)


def _also_on_exit(end: Callable[[], None]) -> None:
    """The server waits for its connections to close, so streams must end when it is told to."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        servers_own: Any = signal.getsignal(number)

        def both(number: int, frame: Any, then: Any = servers_own) -> None:
            loop.call_soon_threadsafe(end)
            then(number, frame)

        if callable(servers_own):
            signal.signal(number, both)


application = Application()
