import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.db import DatabaseError
from pymongo.errors import AutoReconnect, OperationFailure, PyMongoError

from apps.common import mongo


def _group(name: str) -> Group:
    return Group(name=name)


def test_commits_orm_and_raw_writes_together():
    def write():
        _group("ann").save()
        mongo.collection("probe").insert_one({"_id": 1}, session=mongo.session())

    mongo.run_in_transaction(write)

    assert Group.objects.filter(name="ann").count() == 1
    assert mongo.collection("probe").count_documents({}) == 1


def test_rolls_back_orm_and_raw_writes_together():
    def write():
        _group("ann").save()
        mongo.collection("probe").insert_one({"_id": 1}, session=mongo.session())
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        mongo.run_in_transaction(write)

    assert Group.objects.count() == 0
    assert mongo.collection("probe").count_documents({}) == 0
    assert mongo.session() is None


def test_inner_call_joins_the_outer_transaction():
    def outer():
        mongo.run_in_transaction(lambda: _group("ann").save())
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        mongo.run_in_transaction(outer)

    assert Group.objects.count() == 0


def _kill_own_session():
    current = mongo.session()
    current.client.admin.command("killSessions", [current.session_id])


def test_a_failed_commit_does_not_poison_later_work():
    def doomed():
        _group("doomed").save()
        _kill_own_session()

    with pytest.raises((PyMongoError, DatabaseError)):
        mongo.run_in_transaction(doomed, seconds=1)
    assert mongo.session() is None

    def rolled_back():
        _group("later").save()
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        mongo.run_in_transaction(rolled_back)
    assert Group.objects.count() == 0

    mongo.run_in_transaction(lambda: _group("last").save())
    assert [group.name for group in Group.objects.all()] == ["last"]


def _contend(increment) -> int:
    mongo.collection("probe").insert_one({"_id": "counter", "value": 0})
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: [increment() for _ in range(25)], range(8)))
    assert len(done) == 8
    return mongo.collection("probe").find_one({"_id": "counter"})["value"]


def _read_and_write(session) -> None:
    probe = mongo.collection("probe")
    value = probe.find_one({"_id": "counter"}, session=session)["value"]
    probe.update_one({"_id": "counter"}, {"$set": {"value": value + 1}}, session=session)


def test_contended_increments_all_succeed():
    def increment():
        mongo.run_in_transaction(lambda: _read_and_write(mongo.session()), seconds=60)

    assert _contend(increment) == 200


def test_contended_increments_without_a_transaction_are_lost():
    assert _contend(lambda: _read_and_write(None)) < 200


def test_the_time_bound_holds():
    mongo.collection("probe").insert_one({"_id": "counter", "value": 0})
    blocker = mongo.database().client.start_session()
    blocker.start_transaction()
    mongo.collection("probe").update_one({}, {"$inc": {"value": 1}}, session=blocker)
    started = time.monotonic()

    with pytest.raises(PyMongoError):
        mongo.run_in_transaction(lambda: _read_and_write(mongo.session()), seconds=1)

    assert time.monotonic() - started < 5
    blocker.abort_transaction()
    blocker.end_session()


def test_a_weak_write_concern_is_refused(settings):
    assert not [error for error in run_checks() if error.id == "airbnb.E001"]
    settings.DATABASES["default"]["OPTIONS"] = {"w": 1}
    try:
        assert [error.id for error in run_checks() if error.id == "airbnb.E001"] == ["airbnb.E001"]
    finally:
        settings.DATABASES["default"]["OPTIONS"] = {"w": "majority"}


def test_an_effect_runs_once_after_the_commit_and_not_for_a_rolled_back_try():
    seen = []

    def write():
        mongo.after_commit(lambda: seen.append(mongo.session() is None))
        mongo.collection("probe").insert_one({"_id": len(tries)}, session=mongo.session())
        tries.append(1)
        if len(tries) == 1:
            raise PyMongoError("again", error_labels=["TransientTransactionError"])

    tries = []
    mongo.run_in_transaction(write)
    assert len(tries) == 2
    assert seen == [True]

    def fail():
        mongo.after_commit(lambda: seen.append("never"))
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        mongo.run_in_transaction(fail)
    assert seen == [True]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (AutoReconnect("closed"), True),
        (OperationFailure("conflict", 112, {"errorLabels": ["TransientTransactionError"]}), True),
        (OperationFailure("a wrong query", 2), False),
        (ValueError("no error of the database"), False),
        (None, False),
    ],
)
def test_an_outage_is_not_the_fault_of_what_was_asked(error, expected):
    assert mongo.is_outage(error) is expected
