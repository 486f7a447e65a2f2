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

from apps.accounts.selectors import tokens_alive
from apps.common import mongo
from apps.notifications import selectors
from apps.notifications.replies import NotificationReply
from apps.notifications.rows import notifications
from apps.notifications.streams import wire
from apps.notifications.streams.subscription import Subscription

logger = logging.getLogger(__name__)
AWAIT_MS = 1_000
PAUSE_SECONDS = 0.5
CHECK_SECONDS = 15
# How long changes of one feed are gathered before its streams get the number of unread ones.
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


class Broadcaster:
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
            group.create_task(self._run_stream())
            group.create_task(self._end_expired())

    def _subscriptions(self) -> Iterator[Subscription]:
        for subscriptions in self.users.values():
            yield from subscriptions

    async def _run_stream(self) -> None:
        """Reads the change stream for good; an interrupted one goes on where it was."""
        while True:
            try:
                await self._listen()
                self._lose_position()
            except PyMongoError as error:
                logger.warning("notifications.stream_interrupted", extra={"error": repr(error)})
                if _is_lost(error, opening=not self.live.is_set()):
                    self._lose_position()
                elif _now_ms() - self.position > AWAY_SECONDS * 1000:
                    self.end_all("lost")
            self.live.clear()
            await asyncio.sleep(PAUSE_SECONDS)

    def _lose_position(self) -> None:
        """Ends all streams: what came in between is lost here, and their clients ask the feeds."""
        self._token = None
        self.end_all("lost")

    async def _listen(self) -> None:
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
                await self._read_next(changes)

    async def _read_next(self, changes: AsyncChangeStream[Change]) -> None:
        asked = _now_ms()
        change = await changes.try_next()
        if change is None:
            self.position = max(self.position, asked)
        else:
            self.position = max(self.position, change["clusterTime"].time * 1000)
            try:
                self._broadcast(change)
            except (KeyError, TypeError, ValueError):
                logger.exception("notifications.item_not_sent")
        self._token = changes.resume_token

    def _broadcast(self, change: Change) -> None:
        row = change.get("fullDocument")
        if not row or row.get("user_id") not in self.users:
            return
        user_id = row["user_id"]
        if change["operationType"] == "insert":
            chunk = wire.event("notification", NotificationReply.of(row), self.position)
            for subscription in list(self.users[user_id]):
                subscription.item(chunk)
        if user_id not in self._read:
            self._read[user_id] = []
            task = asyncio.create_task(self._send_unread(user_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if row.get("read_at"):
            self._read[user_id].append(row["_id"])

    async def _send_unread(self, user_id: ObjectId) -> None:
        """Shows in other tabs what one marks as read; of very many only the number."""
        await asyncio.sleep(GATHER_SECONDS)
        read = self._read.pop(user_id)
        try:
            unread = await asyncio.to_thread(selectors.unread_count, user_id)
        except PyMongoError:
            return
        chunk = wire.event("unread", {"unread": unread, "read": read[:MOST_READ]})
        for subscription in list(self.users.get(user_id, ())):
            subscription.offer(chunk)

    async def _end_expired(self) -> None:
        """Ends the streams of tokens that have expired, or were ended with their session."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            now, asked = time.time(), list(self._subscriptions())
            for subscription in asked:
                if subscription.expires_at <= now:
                    subscription.end("expired")
            with suppress(PyMongoError):
                alive = await asyncio.to_thread(tokens_alive, {each.proof for each in asked})
                for subscription in asked:
                    if subscription.proof not in alive:
                        subscription.end("logged_out")

    def _end(self, user_id: ObjectId, reason: str) -> None:
        for subscription in list(self.users.get(user_id, ())):
            subscription.end(reason)


def _is_lost(error: PyMongoError, *, opening: bool) -> bool:
    """MongoDB answers, and does not go on from the token; a killed cursor is no such case."""
    return isinstance(error, OperationFailure) and (opening or error.code in LOST)


def _now_ms() -> int:
    return int(time.time() * 1000)


@asynccontextmanager
async def running() -> AsyncIterator[Broadcaster]:
    """Runs a broadcaster in the loop of the caller, on a MongoDB client of its own."""
    params = mongo.connection.get_connection_params()
    name = mongo.connection.settings_dict["NAME"]
    async with AsyncMongoClient(**params) as client:
        broadcaster = Broadcaster(client[name][notifications.name])
        task = asyncio.create_task(broadcaster.run())
        task.add_done_callback(_end_process)
        try:
            yield broadcaster
        finally:
            broadcaster.close()
            task.cancel()
            await asyncio.wait({task})


def _end_process(task: asyncio.Task[None]) -> None:
    """Ends the process, which would keep its streams open and silent: another is started."""
    if not task.cancelled() and task.exception():
        logger.critical("notifications.broadcaster_died", exc_info=task.exception())
        os.kill(os.getpid(), signal.SIGTERM)
