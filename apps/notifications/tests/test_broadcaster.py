"""The broadcaster in a loop of the test, where its change stream can be broken in every way."""

import asyncio
import time

from apps.accounts.selectors import TokenProof
from apps.common import mongo
from apps.notifications.streams import broadcaster
from apps.notifications.streams.broadcaster import AWAIT_MS
from apps.notifications.streams.subscription import END, QUEUE, Subscription

# Of a collection that is gone: MongoDB does not resume from it.
FOREIGN = {"_data": "82" + "00" * 20}


def subscribed(source, user_id, *, expires_at=None):
    made = Subscription(
        proof=TokenProof(user_id, "jti", "", 0),
        expires_at=expires_at or time.time() + 60,
        since=None,
        described={},
    )
    source.join(made)
    return made


def in_loop(function):
    async def run():
        async with broadcaster.running() as source, asyncio.timeout(20):
            await function(source)

    asyncio.run(run())


def test_a_position_that_mongodb_has_lost_ends_the_streams_and_starts_anew(guest):
    async def lose(source):
        await source.live.wait()
        stream = subscribed(source, guest.id)
        source._lose_position()
        assert (stream.reason, source._token) == ("lost", None)

    async def resume_from_nowhere(source):
        source._token = FOREIGN
        stream = subscribed(source, guest.id)
        await source.live.wait()
        assert stream.reason == "lost"
        assert source._token != FOREIGN

    in_loop(lose)
    in_loop(resume_from_nowhere)


def test_a_dropped_collection_is_followed_again(guest):
    """As after a restore: the change stream is invalidated, and streams resume from the feeds."""
    scratch = mongo.collection(f"scratch_{guest.id}")

    async def drop():
        params = mongo.connection.get_connection_params()
        async with broadcaster.AsyncMongoClient(**params) as client, asyncio.timeout(20):
            source = broadcaster.Broadcaster(client[scratch.database.name][scratch.name])
            task = asyncio.create_task(source.run())
            await source.live.wait()
            stream = subscribed(source, guest.id)
            await asyncio.to_thread(scratch.insert_one, {"user_id": guest.id})
            await asyncio.to_thread(scratch.drop)
            while await stream._queue.get() != END:
                pass
            await source.live.wait()
            task.cancel()
            return stream.reason

    assert asyncio.run(drop()) == "lost"


def test_the_position_moves_on_while_nothing_happens():
    async def wait(source):
        await source.live.wait()
        before = source.position
        await asyncio.sleep(2 * AWAIT_MS / 1000)
        assert before < source.position <= time.time() * 1000

    in_loop(wait)


def test_what_waits_for_a_client_is_bounded(guest):
    async def overflow(source):
        stream = subscribed(source, guest.id)
        for _ in range(QUEUE):
            stream.offer(b"x")
        assert stream.reason == ""
        stream.offer(b"x")
        assert stream.reason == "slow"
        assert stream._queue.qsize() == 1

    in_loop(overflow)


def test_a_broadcaster_that_closes_accepts_no_one(guest):
    async def close(source):
        source.close()
        assert subscribed(source, guest.id).reason == "shutdown"

    in_loop(close)
