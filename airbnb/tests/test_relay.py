"""The relay with real bookings and real Kafka."""

import datetime as dt
import json
import threading

from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change
from apps.common import mongo
from apps.events.relay import Relay, pending
from apps.events.tests.waiting import WAIT_SECONDS, read_topic, wait_for


def test_the_relay_publishes_and_marks(relay, book):
    booking = book(days=10)
    assert relay.publish_batch() == 1
    assert relay.publish_batch() == 0
    row = mongo.collection("outbox").find_one()
    assert row["published_at"] is not None

    message = read_topic("booking-requests", 1)[0]
    assert message.key.decode() == str(booking["_id"])
    assert json.loads(message.value) == row["payload"]
    assert dict(message.headers)["event_id"].decode() == row["_id"]


def test_pending_is_complete_and_ordered_by_version_whatever_the_clock_says(book, now):
    booking = book(days=10)
    booking_change(
        booking_id=booking["_id"],
        action=Action.ACCEPT,
        actor=Actor.OWNER,
        now=now - dt.timedelta(hours=1),
    )
    assert [row["version"] for row in pending()] == [1, 2]


def test_a_batch_limit_does_not_split_an_aggregate(book, now, monkeypatch):
    monkeypatch.setattr("apps.events.relay.BATCH", 1)
    booking = book(days=10)
    change = {"booking_id": booking["_id"], "actor": Actor.OWNER}
    booking_change(**change, action=Action.ACCEPT, now=now - dt.timedelta(hours=2))
    booking_change(**change, action=Action.CANCEL, now=now - dt.timedelta(hours=3))
    assert [row["version"] for row in pending()] == [1, 2, 3]


def test_a_standby_relay_takes_over(producer, book):
    stops = [threading.Event(), threading.Event()]
    relays = [Relay(producer, owner=f"r{n}", lease_seconds=2) for n in range(2)]
    threads = [
        threading.Thread(target=relay.run, args=(stop,))
        for relay, stop in zip(relays, stops, strict=True)
    ]
    [thread.start() for thread in threads]
    try:
        for days, stop in ((10, stops[0]), (20, None)):
            book(days=days)
            wait_for(lambda: not pending(), "the publication")
            if stop:
                stop.set()
                threads[0].join(WAIT_SECONDS)
    finally:
        [stop.set() for stop in stops]
        [thread.join(WAIT_SECONDS) for thread in threads]
    assert mongo.collection("outbox").count_documents({"published_at": {"$ne": None}}) == 2
