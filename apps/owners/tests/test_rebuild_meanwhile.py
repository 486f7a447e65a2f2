"""Statistics checked and rebuilt while bookings and consumers go on."""

import datetime as dt
import threading
from contextlib import closing

import pytest
from bson import ObjectId

from apps.bookings.rows import bookings
from apps.events.consumer.history import TopicHistory
from apps.events.tests.consuming import consuming
from apps.events.tests.waiting import wait_for
from apps.owners.handlers import HANDLERS
from apps.owners.management import rebuilding
from apps.owners.management.rebuilding import Rebuild
from apps.owners.rows import booking_facts, shadow_facts
from apps.owners.services import FACT_EVENTS, facts_prepare
from apps.owners.tests.rebuilds import (
    WAIT,
    Statistics,
    accept,
    all_handled,
    check,
    consume,
    live_facts,
    publish,
)


def _history():
    return closing(TopicHistory("owners", list(FACT_EVENTS)))


def _rebuild(history):
    rebuild = Rebuild(history, repair=True, keep_lease=lambda: None)
    for _ in rebuild.build():
        pass
    return rebuild


@pytest.mark.parametrize("moment", ["after the comparison", "before the repair"])
def test_a_write_meanwhile_is_kept(lived, relay, now, monkeypatch, moment):
    """A fact whose version is too high keeps the consumer's write out, and is repaired after it."""
    spoilt, late = lived[1], lived[3]
    booking_facts.update_one({"_id": spoilt}, {"$set": {"version": 99, "priced_version": 99}})
    booking_facts.update_one({"_id": late}, {"$set": {"total": 1}})
    real_compare, real_repair = rebuilding.facts_compare, rebuilding.facts_repair
    reached = []

    def reach(name):
        if name == moment and moment not in reached:
            for booking_id in (spoilt, late):
                accept({"_id": ObjectId(booking_id)}, now + dt.timedelta(minutes=5))
            publish(relay)
            consume()
        reached.append(name)

    def compare(*args, **options):
        found = real_compare(*args, **options)
        reach("after the comparison")
        return found

    def repair(differences):
        reach("before the repair")
        return real_repair(differences)

    monkeypatch.setattr(rebuilding, "facts_compare", compare)
    monkeypatch.setattr(rebuilding, "facts_repair", repair)
    with _history() as history:
        assert _rebuild(history).reconcile(WAIT) == []
    assert moment in reached
    for booking_id in (spoilt, late):
        fact = live_facts()[booking_id]
        assert (fact["version"], fact["status"], fact["total"]) == (2, "confirmed", 30_240)
    assert check().equal


def test_a_rename_would_lose_that_write(lived, relay, now):
    """The negative control: the shadow takes the place of the live facts as it was built."""
    late = lived[1]
    with _history() as history:
        _rebuild(history)
        accept({"_id": ObjectId(late)}, now + dt.timedelta(minutes=5))
        publish(relay)
        consume()
        shadow_facts.collection.rename("booking_facts", dropTarget=True)
        facts_prepare()
    checked = check()
    assert not checked.equal
    assert "version is 1, not 2" in checked.names(late)


def test_bookings_go_on_while_it_checks_and_rebuilds(lived, book, relay, now):
    stop, failures = threading.Event(), []

    def live():
        try:
            for place in range(200):
                if stop.is_set():
                    return
                booking = book(days=40 + 3 * place)
                accept(booking, now + dt.timedelta(minutes=1))
                publish(relay)
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=live)
    with consuming(HANDLERS, group="owners"):
        thread.start()
        try:
            wait_for(lambda: len(live_facts()) > 10, "the first bookings")
            assert check(wait=WAIT).equal
            booking_facts.delete_many({"_id": {"$in": lived}})
            assert Statistics(wait=WAIT).equal
            assert set(lived) <= set(live_facts())
        finally:
            stop.set()
            thread.join(WAIT)
        wait_for(all_handled, "the last events")
    assert failures == []
    checked = check()
    assert (checked.equal, checked.in_live) == (
        True,
        bookings.count({}),
    )


def test_a_group_that_is_behind_is_waited_for(lived, book, relay):
    waits = str(book(days=60)["_id"])
    publish(relay)
    assert check(wait=0.5).names(waits) == "missing"
    checked = []
    with consuming(HANDLERS, group="owners"):
        checked.append(check(wait=WAIT))
    assert (checked[0].equal, checked[0].in_live) == (True, 9)
