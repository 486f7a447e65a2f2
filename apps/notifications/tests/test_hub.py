"""The hub in a loop of the test, where its change stream can be broken as no server would show."""

import asyncio
import time

from apps.common import mongo
from apps.notifications.streams import hub as hubs
from apps.notifications.streams.hub import AWAIT_MS
from apps.notifications.streams.subscription import END, QUEUE, Subscription

# Of a collection that is gone: MongoDB does not resume from it.
FOREIGN = {"_data": "82" + "00" * 20}


def subscribed(hub, user_id, *, expires_at=None):
    made = Subscription(
        user_id=user_id, expires_at=expires_at or time.time() + 60, since=None, described={}
    )
    hub.join(made)
    return made


def in_loop(function):
    async def run():
        async with hubs.running() as hub, asyncio.timeout(20):
            await function(hub)

    asyncio.run(run())


def test_a_position_that_mongodb_has_lost_ends_the_streams_and_starts_anew(guest):
    async def lose(hub):
        await hub.live.wait()
        stream = subscribed(hub, guest.id)
        hub._forget()
        assert (stream.reason, hub._token) == ("lost", None)

    async def resume_from_nowhere(hub):
        hub._token = FOREIGN
        stream = subscribed(hub, guest.id)
        await hub.live.wait()
        assert stream.reason == "lost"
        assert hub._token != FOREIGN

    in_loop(lose)
    in_loop(resume_from_nowhere)


def test_a_dropped_collection_is_followed_again(guest):
    """As after a restore: the change stream is invalidated, and streams resume from the feeds."""
    scratch = mongo.collection(f"scratch_{guest.id}")

    async def drop():
        params = mongo.connection.get_connection_params()
        async with hubs.AsyncMongoClient(**params) as client, asyncio.timeout(20):
            hub = hubs.Hub(client[scratch.database.name][scratch.name])
            task = asyncio.create_task(hub.run())
            await hub.live.wait()
            stream = subscribed(hub, guest.id)
            await asyncio.to_thread(scratch.insert_one, {"user_id": guest.id})
            await asyncio.to_thread(scratch.drop)
            while await stream._queue.get() != END:
                pass
            await hub.live.wait()
            task.cancel()
            return stream.reason

    assert asyncio.run(drop()) == "lost"


def test_the_position_moves_on_while_nothing_happens():
    async def wait(hub):
        await hub.live.wait()
        before = hub.position
        await asyncio.sleep(2 * AWAIT_MS / 1000)
        assert before < hub.position <= time.time() * 1000

    in_loop(wait)


def test_what_waits_for_a_client_is_bounded(guest):
    async def overflow(hub):
        stream = subscribed(hub, guest.id)
        for _ in range(QUEUE):
            stream.offer(b"x")
        assert stream.reason == ""
        stream.offer(b"x")
        assert stream.reason == "slow"
        assert stream._queue.qsize() == 1

    in_loop(overflow)


def test_a_hub_that_closes_takes_no_one_in(guest):
    async def close(hub):
        hub.close()
        assert subscribed(hub, guest.id).reason == "shutdown"

    in_loop(close)
