"""The one MongoClient of the process and the only way into a transaction.

`django.db.transaction.atomic` does nothing on MongoDB, and the backend's own `atomic` leaves its
thread without transactions after a failed commit; lint bans both.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

import pymongo
from django.conf import settings
from django.db import DatabaseError
from django.db import connection as _connection
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    ExecutionTimeout,
    PyMongoError,
    WTimeoutError,
)
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

T = TypeVar("T")
Document = dict[str, Any]
DUPLICATE_KEY = 11000
TRANSIENT = "TransientTransactionError"
_OUTAGE_LABELS = (TRANSIENT, "UnknownTransactionCommitResult", "RetryableWriteError")
connection: Any = _connection
_effects: ContextVar[list[Callable[[], None]]] = ContextVar("effects")


class StartAnewError(PyMongoError):
    """Raised inside a transaction that has seen too little: it runs again."""

    def __init__(self) -> None:
        super().__init__("The transaction starts anew.", error_labels=[TRANSIENT])


def database() -> Database[Document]:
    connection.ensure_connection()
    found: Database[Document] = connection.database
    return found


def collection(name: str) -> Collection[Document]:
    return database()[name]


def session() -> ClientSession | None:
    """The session of the running transaction, which the handles of `rows.py` pass."""
    current: ClientSession | None = connection.session
    return current


def duplicate_index(error: BulkWriteError) -> int | None:
    """The place, among the inserted rows, of one whose key was there; None for other errors."""
    for item in error.details.get("writeErrors", []):
        if item.get("code") == DUPLICATE_KEY:
            return int(item["index"])
    return None


def is_outage(error: BaseException | None) -> bool:
    """Whether it tells of the database rather than of what was asked: the same may work later."""
    if isinstance(error, (ConnectionFailure, ExecutionTimeout, WTimeoutError)):
        return True
    return isinstance(error, PyMongoError) and (
        error.timeout or any(map(error.has_error_label, _OUTAGE_LABELS))
    )


def run_in_transaction(function: Callable[[], T], *, seconds: float | None = None) -> T:
    """Runs `function` in one transaction and returns what it returns.

    `function` may run several times: no HTTP, no Kafka, no ids made outside. ORM calls join by
    themselves, raw calls by `session=mongo.session()`. Inside a running transaction it joins it.
    Raises what `function` raises, or PyMongo's error once `seconds` are over.
    """
    if connection.session is not None:
        return function()
    connection.ensure_connection()
    limit = settings.TRANSACTION_SECONDS if seconds is None else seconds
    with pymongo.timeout(limit), connection.connection.start_session() as new_session:
        result = new_session.with_transaction(
            lambda bound: _run_bound(function, bound),
            read_concern=ReadConcern("snapshot"),
            write_concern=WriteConcern("majority"),
        )
    for effect in _effects.get():
        effect()
    return result


def after_commit(effect: Callable[[], None]) -> None:
    """Has `effect` run once the running transaction is committed, not for an attempt that is
    tried again. For figures and logs: nothing that matters, since the process may end before."""
    _effects.get().append(effect)


def _run_bound(function: Callable[[], T], bound: ClientSession) -> T:
    connection.session = bound
    _effects.set([])
    try:
        return function()
    except DatabaseError as error:
        cause = error.__cause__
        if isinstance(cause, PyMongoError) and cause.has_error_label(TRANSIENT):
            raise cause from error
        raise
    finally:
        connection.session = None
