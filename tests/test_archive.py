"""What `make faults` measures `verify_bookings` on is what bookings are: whole, and checked."""

import pytest

from apps.bookings.invariants import breaches
from apps.bookings.rows import bookings
from apps.common import mongo
from apps.properties.services.search_rebuild import entries_rebuild
from faults import archive


@pytest.fixture
def filled():
    """Written past the handles, for speed, also by a test that takes one row away."""
    archive.fill(300)
    yield
    list(entries_rebuild())


def test_the_archive_is_whole(filled, now):
    names = ("bookings", "payments", "idempotency_keys", "listings")
    counts = [mongo.collection(name).count_documents({}) for name in names]
    assert counts == [300, 300, 300, 3]
    assert set(bookings.distinct("status", {})) == {
        "pending",
        "confirmed",
        "completed",
        "cancelled",
    }
    assert not any(breaches(now=now).values())


@pytest.mark.parametrize(
    "name", ["night_claims", "outbox", "payments", "payment_commands", "ledger_entries"]
)
def test_nothing_of_it_can_be_missing(filled, now, name):
    assert mongo.collection(name).delete_one({}).deleted_count == 1
    assert any(breaches(now=now).values())
