"""A fact is what the newest event says, whoever writes it, in whatever order."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.common import mongo
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.owners.handlers import request_made
from apps.owners.rows import booking_facts, shadow_facts
from apps.owners.services import fact_of, facts_write
from apps.owners.services.comparison import Checksum

ROUNDS = 300
HOSTS = ["66f1c2a4b8e0d3f5a7c91e01", "66f1c2a4b8e0d3f5a7c91e02"]
STAY = {
    "listing_id": "66f1c2a4b8e0d3f5a7c91e03",
    "guest_id": "66f1c2a4b8e0d3f5a7c91e04",
    "host_id": HOSTS[0],
    "check_in": "2030-12-04",
    "check_out": "2030-12-08",
}


def _event(booking_id, version, *, status="confirmed", price=100.0, currency="EUR", day=1, host=0):
    common = {
        **STAY,
        "host_id": HOSTS[host],
        "event_id": f"{booking_id}:{version}",
        "timestamp": f"2030-01-{day:02}T00:00:00Z",
        "version": version,
        "booking_id": booking_id,
        "total_price": price,
        "currency": currency,
    }
    if version == 1:
        return BookingCreated(**common, status=status)
    return BookingStatusUpdated(
        **common, previous_status="pending", new_status=status, updated_by="x", message="m"
    )


def test_the_newest_stays_when_two_consumers_make_a_fact_at_once():
    """The two booking topics are read by different processes."""
    barrier = threading.Barrier(2)

    def write(version):
        for number in range(ROUNDS):
            fact = fact_of(_event(f"b{number}", version))
            barrier.wait(10)
            facts_write([fact])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, [1, 2]))
    newest = {"version": 2, "priced_version": 2}
    assert booking_facts.count(newest) == ROUNDS


courses = st.lists(
    st.builds(
        dict,
        status=st.sampled_from(["pending", "confirmed", "cancelled"]),
        price=st.integers(0, 10**7).map(lambda cents: cents / 100),
        currency=st.sampled_from(["EUR", ""]),
        day=st.integers(1, 28),
        host=st.integers(0, 1),
    ),
    min_size=1,
    max_size=5,
)


def _facts_of(events):
    shadow_facts.delete_many({})
    for event in events:
        facts_write([fact_of(event)], into=shadow_facts)
    total = Checksum()
    rows = list(shadow_facts.find({}).sort("_id"))
    for row in rows:
        total.add(row)
    return str(total), rows


@settings(max_examples=40)
@given(courses=st.lists(courses, min_size=1, max_size=3), data=st.data())
def test_any_order_and_repetition_gives_the_same_checksum(courses, data):
    events = [
        _event(f"b{place}", version, **step)
        for place, course in enumerate(courses)
        for version, step in enumerate(course, start=1)
    ]
    again = data.draw(st.lists(st.sampled_from(events), max_size=6))
    expected, rows = _facts_of(events)
    assert _facts_of(data.draw(st.permutations([*events, *again]))) == (expected, rows)
    for place, course in enumerate(courses):
        assert rows[place]["version"] == len(course)
        priced = [version for version, step in enumerate(course, start=1) if step["currency"]]
        assert rows[place].get("priced_version") == (priced[-1] if priced else None)


def test_the_checksum_tells_rows_apart():
    one, other, both = Checksum(), Checksum(), Checksum()
    one.add({"_id": "a", "total": 1})
    other.add({"total": 1.0, "_id": "a"})
    assert str(one) != str(other)
    both.add({"_id": "b"})
    both.add({"total": 1, "_id": "a"})
    one.add({"_id": "b"})
    one.add(None)
    assert (one.rows, str(one)) == (2, str(both))


def test_an_event_that_the_handler_refuses_leaves_no_fact(now):
    event = _event("b1", 1)

    def fail(*_, **__):
        raise KeyError("a bug")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("apps.owners.services.notices.notify", fail)
        with pytest.raises(KeyError):
            mongo.run_in_transaction(lambda: request_made(event, now=now))
    assert booking_facts.count({}) == 0
