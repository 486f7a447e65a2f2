"""Bookings whose facts the owners' consumers have made."""

import datetime as dt

import pytest

from apps.owners.tests.rebuilds import accept, consume, live_facts, publish


@pytest.fixture
def lived(book, relay, now):
    """The ids of eight bookings, every other of which was accepted, with their facts."""
    bookings = [book(days=10 + 3 * place) for place in range(8)]
    for booking in bookings[::2]:
        accept(booking, now + dt.timedelta(minutes=1))
    publish(relay)
    consume()
    ids = [str(booking["_id"]) for booking in bookings]
    assert set(live_facts()) == set(ids)
    return ids
