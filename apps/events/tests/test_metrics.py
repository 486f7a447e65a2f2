"""Backlog, age, lag and errors as Prometheus reads them."""

import datetime as dt

from prometheus_client import REGISTRY, CollectorRegistry

from apps.events.rows import dead_letters, outbox_messages
from apps.events.status.backlog import Backlog


def backlog():
    registry = CollectorRegistry()
    registry.register(Backlog())
    return registry


def test_the_outbox_shows_how_many_wait_and_how_long(book, relay, now):
    assert backlog().get_sample_value("outbox_waiting") == 0
    assert backlog().get_sample_value("outbox_oldest_seconds") == 0
    book()
    book(days=40)
    outbox_messages.update_many({}, {"$set": {"created_at": now - dt.timedelta(60)}})
    assert backlog().get_sample_value("outbox_waiting") == 2
    assert backlog().get_sample_value("outbox_oldest_seconds") >= 60 * 86_400
    labels = {"event_type": "booking_created"}
    before = REGISTRY.get_sample_value("events_published_total", labels) or 0
    relay.publish_batch()
    assert REGISTRY.get_sample_value("events_published_total", labels) == before + 2
    assert backlog().get_sample_value("outbox_waiting") == 0


def test_dead_letters_are_counted_by_status():
    dead_letters.insert_many([{"_id": "a", "status": "failed"}, {"_id": "b", "status": "parked"}])
    found = backlog()
    assert found.get_sample_value("dead_letters", {"status": "failed"}) == 1
    assert found.get_sample_value("dead_letters", {"status": "parked"}) == 1
