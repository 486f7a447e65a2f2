"""Each kind of failure, and that the loop treats it so."""

import json

import pytest
from bson.errors import InvalidDocument
from django.db import DatabaseError
from prometheus_client import REGISTRY
from pymongo.errors import (
    AutoReconnect,
    ConnectionFailure,
    DocumentTooLarge,
    ExecutionTimeout,
    NetworkTimeout,
    NotPrimaryError,
    OperationFailure,
    ServerSelectionTimeoutError,
    WaitQueueTimeoutError,
    WTimeoutError,
)

from apps.common.errors import NotFoundError, UnavailableError
from apps.events import failures
from apps.events.rows import dead_letters
from apps.events.schemas import BookingCreated, SchemaError
from apps.events.tests.consuming import consuming
from apps.events.tests.test_consumer import _payload, _send
from apps.events.tests.waiting import wait_for


def labelled(label):
    return OperationFailure("a conflict", 112, {"errorLabels": [label]})


def wrapped(error, inner):
    """As MongoEngine does: `inner` is the context of `error`, not its cause."""
    error.__context__ = inner
    return error


def caused(error, cause):
    error.__cause__ = cause
    error.__suppress_context__ = True
    return error


TRANSIENT = [
    ConnectionFailure("x"),
    AutoReconnect("x"),
    NetworkTimeout("x"),
    NotPrimaryError("x"),
    ServerSelectionTimeoutError("x"),
    WaitQueueTimeoutError("x"),
    ExecutionTimeout("x", 50),
    WTimeoutError("x", 64),
    labelled("TransientTransactionError"),
    labelled("UnknownTransactionCommitResult"),
    labelled("RetryableWriteError"),
    UnavailableError(),
    ConnectionRefusedError("x"),
    TimeoutError("x"),
    caused(DatabaseError("x"), AutoReconnect("x")),
    wrapped(RuntimeError("x"), AutoReconnect("x")),
]
PERMANENT = [
    SchemaError("x"),
    InvalidDocument("x"),
    DocumentTooLarge("x"),
    caused(SchemaError("not a stay"), ValueError("x")),
]
UNKNOWN = [
    KeyError("x"),
    wrapped(caused(KeyError("x"), None), AutoReconnect("x")),
    NotFoundError(),
    OperationFailure("x", 9),
    AssertionError(),
]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        *((error, failures.TRANSIENT) for error in TRANSIENT),
        *((error, failures.PERMANENT) for error in PERMANENT),
        *((error, failures.UNKNOWN) for error in UNKNOWN),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_failure_is_of_its_kind(error, kind):
    assert failures.kind(error) == kind


def counted(kind):
    labels = {"group": "probe", "topic": "booking-requests", "kind": kind}
    return REGISTRY.get_sample_value("consumer_errors_total", labels) or 0


def stored():
    return list(dead_letters.find({}))


@pytest.fixture
def fails(producer):
    """Sends an event to a handler that raises these errors in turn, then succeeds."""

    def run(errors, *, until, max_attempts=5):
        calls, left = [], list(errors)

        def handler(event, *, now):
            calls.append(event.event_id)
            if left:
                raise left.pop(0)

        _send(producer, _payload())
        handlers = {"booking-requests": {BookingCreated: handler}}
        with consuming(handlers, max_attempts=max_attempts):
            wait_for(lambda: until(calls), "the end")
        return calls

    return run


def test_a_permanent_failure_is_a_dead_letter_at_once(fails):
    before = counted("permanent")
    calls = fails([SchemaError("no such listing")] * 9, until=lambda _: stored())
    assert len(calls) == 1
    (row,) = stored()
    assert (row["error"], row["attempts"]) == ("SchemaError: no such listing", 1)
    assert counted("permanent") == before + 1


def test_an_unknown_failure_has_five_tries(fails):
    before = counted("unknown")
    calls = fails([KeyError("bug")] * 9, until=lambda _: stored())
    assert len(calls) == 5
    assert stored()[0]["attempts"] == 5
    assert counted("unknown") == before + 5


def test_transient_failures_do_not_use_up_the_tries(fails):
    before = counted("transient")
    errors = [AutoReconnect("x"), AutoReconnect("x"), KeyError("bug"), AutoReconnect("x")]
    calls = fails(errors, until=lambda calls: len(calls) == 5, max_attempts=2)
    assert stored() == []
    assert len(set(calls)) == 1
    assert counted("transient") == before + 3


def test_an_unknown_major_version_is_a_dead_letter_at_once_and_says_so(producer):
    _send(producer, {**_payload(), "schema_version": 2})
    with consuming({"booking-requests": {BookingCreated: lambda *_, **__: None}}):
        row = wait_for(stored, "the dead letter")[0]
    assert row["error"] == "SchemaError: schema_version 2 is not known"
    assert row["attempts"] == 1
    assert json.loads(json.dumps(row["headers"])) == {}
