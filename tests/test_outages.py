"""What the API acknowledged is never lost: a primary is killed and commands fail while guests
book. `make faults` does it for minutes."""

import pytest
from bson import ObjectId

from apps.bookings.rows import bookings
from faults import outages
from faults.load import Answer, Tally, losses

pytestmark = pytest.mark.slow


def test_bookings_outlive_the_primary_and_failing_commands(tmp_path, settings):
    name = settings.DATABASES["default"]["NAME"]
    verdict = outages.run(tmp_path, name, seconds=18, kills=1, seed=5, patience=8)
    assert verdict.problems == []
    assert verdict.done[outages.KILL] == 1
    assert verdict.bitten > 0
    assert len(verdict.tally.acknowledged) > 50


def answer(booking_id, *, outcome="201", version=1, status="pending"):
    body = {"id": str(booking_id), "version": version, "status": status}
    return Answer("call-0-1", ObjectId(), {}, outcome, body)


def stored(**values):
    history = [{"to_status": "pending"}]
    row = {"_id": ObjectId(), "special_requests": "call-0-1", "history": history, **values}
    bookings.insert_one(row)
    return row["_id"]


def test_a_kept_booking_is_no_loss():
    assert losses(Tally(acknowledged=[answer(stored())])) == []


def test_a_booking_that_is_not_there_is_one():
    lost = ObjectId()
    tally = Tally(acknowledged=[answer(lost)])
    assert losses(tally) == [f"call-0-1: {lost} is not pending in its history"]


def test_a_lost_change_is_one():
    kept = stored()
    change = answer(kept, outcome="200", version=2, status="confirmed")
    assert losses(Tally(acknowledged=[change])) == [
        f"call-0-1: {kept} is not confirmed in its history"
    ]


def test_a_call_with_two_bookings_is_one():
    first, second = stored(), stored()
    assert losses(Tally(acknowledged=[answer(first)])) == [f"call-0-1: booked {first} and {second}"]
    assert losses(Tally(doubtful=["call-0-1"])) == [f"call-0-1: booked {first} and {second}"]
