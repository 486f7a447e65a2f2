"""One change stream for all open streams of a process, in its event loop."""

import asyncio
import logging
import os
import signal
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from bson import ObjectId
from pymongo import AsyncMongoClient
from pymongo.asynchronous.change_stream import AsyncChangeStream
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import OperationFailure, PyMongoError

from apps.accounts.selectors import users_active
from apps.common import mongo
from apps.notifications import selectors
from apps.notifications.documents import Notification
from apps.notifications.streams import wire
from apps.notifications.streams.subscription import Subscription

logger = logging.getLogger(__name__)
AWAIT_MS = 1_000
PAUSE_SECONDS = 0.5
SWEEP_SECONDS = 15
# How long changes of one feed are gathered before its readers are told the number of unread ones.
GATHER_SECONDS = 0.2
MOST_READ = 100
# InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost.
LOST = {260, 280, 286}
# A change stream that is away for longer ends the streams: their clients ask the feed instead.
AWAY_SECONDS = 30
SHOWN = {f"fullDocument.{name}": 1 for name in ("_id", "user_id", *selectors.FIELDS)}
CHANGES: list[dict[str, Any]] = [
    {
        "$match": {
            "$or": [
                {"operationType": "insert"},
                {"updateDescription.updatedFields.read_at": {"$exists": True}},
            ]
        }
    },
    {"$project": {"operationType": 1, "clusterTime": 1, **SHOWN}},
]
Change = dict[str, Any]


class Hub:
    """`position`: everything that was committed before it (ms) has been handed to `users`."""

    def __init__(self, feeds: AsyncCollection[Change]) -> None:
        self.live = asyncio.Event()
        self.position = 0
        self.closing = False
        self.users: defaultdict[ObjectId, set[Subscription]] = defaultdict(set)
        self._feeds = feeds
        self._token: Any = None
        self._read: dict[ObjectId, list[str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def join(self, subscription: Subscription) -> None:
        self.users[subscription.user_id].add(subscription)
        if self.closing:
            subscription.end("shutdown")

    def leave(self, subscription: Subscription) -> None:
        self.users[subscription.user_id].discard(subscription)
        if not self.users[subscription.user_id]:
            del self.users[subscription.user_id]

    def end_all(self, reason: str) -> None:
        for user_id in list(self.users):
            self._end(user_id, reason)

    def close(self) -> None:
        self.closing = True
        self.end_all("shutdown")

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._follow())
            group.create_task(self._sweep())

    def _subscriptions(self) -> Iterator[Subscription]:
        for subscriptions in self.users.values():
            yield from subscriptions

    async def _follow(self) -> None:
        """Hears all there is to hear: an interrupted change stream goes on where it was."""
        while True:
            try:
                await self._hear()
                self._forget()
            except PyMongoError as error:
                logger.warning("notifications.stream_interrupted", extra={"error": repr(error)})
                if _is_lost(error, opening=not self.live.is_set()):
                    self._forget()
                elif _now_ms() - self.position > AWAY_SECONDS * 1000:
                    self.end_all("lost")
            self.live.clear()
            await asyncio.sleep(PAUSE_SECONDS)

    def _forget(self) -> None:
        """What came in between cannot be heard any more: the clients resume from the feeds."""
        self._token = None
        self.end_all("lost")

    async def _hear(self) -> None:
        asked = _now_ms()
        async with await self._feeds.watch(
            CHANGES,
            full_document="updateLookup",
            resume_after=self._token,
            max_await_time_ms=AWAIT_MS,
        ) as changes:
            if self._token is None:
                self.position = asked
            self._token = changes.resume_token
            self.live.set()
            while changes.alive:
                await self._take(changes)

    async def _take(self, changes: AsyncChangeStream[Change]) -> None:
        asked = _now_ms()
        change = await changes.try_next()
        if change is None:
            self.position = max(self.position, asked)
        else:
            self.position = max(self.position, change["clusterTime"].time * 1000)
            try:
                self._hand_out(change)
            except (KeyError, TypeError, ValueError):
                logger.exception("notifications.item_not_sent")
        self._token = changes.resume_token

    def _hand_out(self, change: Change) -> None:
        row = change.get("fullDocument")
        if not row or row.get("user_id") not in self.users:
            return
        user_id = row["user_id"]
        if change["operationType"] == "insert":
            chunk = wire.event("notification", selectors.item(row), self.position)
            for subscription in list(self.users[user_id]):
                subscription.item(chunk)
        if user_id not in self._read:
            self._read[user_id] = []
            task = asyncio.create_task(self._tell_unread(user_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if row.get("read_at"):
            self._read[user_id].append(row["_id"])

    async def _tell_unread(self, user_id: ObjectId) -> None:
        """What one tab marks as read shows in the others; of very many only the number."""
        await asyncio.sleep(GATHER_SECONDS)
        read = self._read.pop(user_id)
        try:
            unread = await asyncio.to_thread(selectors.unread_count, user_id)
        except PyMongoError:
            return
        chunk = wire.event("unread", {"unread": unread, "read": read[:MOST_READ]})
        for subscription in list(self.users.get(user_id, ())):
            subscription.offer(chunk)

    async def _sweep(self) -> None:
        """Ends what an expired token or a suspended account had opened."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            now, asked = time.time(), list(self.users)
            for subscription in list(self._subscriptions()):
                if subscription.expires_at <= now:
                    subscription.end("expired")
            with suppress(PyMongoError):
                active = await asyncio.to_thread(users_active, asked)
                for user_id in set(asked) - active:
                    self._end(user_id, "suspended")

    def _end(self, user_id: ObjectId, reason: str) -> None:
        for subscription in list(self.users.get(user_id, ())):
            subscription.end(reason)


def _is_lost(error: PyMongoError, *, opening: bool) -> bool:
    """MongoDB answers, and does not go on from the token; a killed cursor is no such case."""
    return isinstance(error, OperationFailure) and (opening or error.code in LOST)


def _now_ms() -> int:
    return int(time.time() * 1000)


@asynccontextmanager
async def running() -> AsyncIterator[Hub]:
    """A hub at work in the loop of the caller, on a MongoDB client of its own."""
    params = mongo.connection.get_connection_params()
    name = mongo.connection.settings_dict["NAME"]
    async with AsyncMongoClient(**params) as client:
        hub = Hub(client[name][Notification._meta["collection"]])  # type: ignore[attr-defined]
        task = asyncio.create_task(hub.run())
        task.add_done_callback(_die_with_it)
        try:
            yield hub
        finally:
            hub.close()
            task.cancel()
            await asyncio.wait({task})


def _die_with_it(task: asyncio.Task[None]) -> None:
    """A process whose hub is gone would keep its streams open and silent: another is started."""
    if not task.cancelled() and task.exception():
        logger.critical("notifications.hub_died", exc_info=task.exception())
        os.kill(os.getpid(), signal.SIGTERM)
