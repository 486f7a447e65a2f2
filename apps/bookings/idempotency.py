"""A call that is repeated with its `Idempotency-Key` gets its first reply and does nothing.

A row with the key is there before the work begins, so that a second call sees the first. The
reply is stored with the work, in one transaction: it is there if, and only if, the work is done.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from bson import Binary, ObjectId
from pymongo.errors import DuplicateKeyError

from apps.common import mongo
from apps.common.errors import AppError, ConflictError
from apps.common.json import dumps

# Longer than any call takes: the provider's time-out and the transaction's together.
LOCK = dt.timedelta(seconds=30)
TRIES = 5


class KeyReusedError(AppError):
    code = "IDEMPOTENCY_KEY_REUSED"
    status = 422
    sentence = "This Idempotency-Key came with another request before. Use a new key for a new one."


class KeyInFlightError(ConflictError):
    code = "IDEMPOTENCY_IN_FLIGHT"
    retry_after = 1

    def __init__(self) -> None:
        super().__init__(
            "The first request with this Idempotency-Key has not ended yet. Send the same again in "
            "a moment: it gets the reply of the first."
        )


class Answer(NamedTuple):
    """`body` is JSON."""

    status: int
    body: bytes


def perform(
    act: Callable[..., Any],
    *,
    prepare: Callable[[], Any] | None = None,
    undo: Callable[[Any], None] | None = None,
) -> Any:
    """`act` in a transaction, which gets what `prepare` returned before it. Where `act` refuses,
    `undo` gets the same; after any other error nobody knows whether the transaction is done."""
    prepared = () if prepare is None else (prepare(),)
    try:
        return mongo.run_in_transaction(lambda: act(*prepared))
    except AppError:
        if undo is not None:
            undo(*prepared)
        raise


def once(
    *,
    user_id: ObjectId,
    key: str,
    request: Any,
    act: Callable[..., Any],
    now: dt.datetime,
    prepare: Callable[[], Any] | None = None,
    undo: Callable[[Any], None] | None = None,
    status: int = 200,
) -> Answer:
    """`perform`, whose result is stored as JSON, or the answer of the call that did it before.

    Raises `KeyReusedError` where the key came with another `request`, and `KeyInFlightError` while
    the first call is at work. A refused call raises and is not stored. After an error of ours
    the key is locked until it is clear that the call has ended.
    """
    fingerprint = hashlib.sha256(dumps(request)).hexdigest()
    lock = _Lock(f"{user_id}:{key}", fingerprint, now + LOCK)
    answer = lock.take(now)
    if answer is not None:
        return answer

    def act_and_store(*prepared: Any) -> Answer:
        body = dumps(act(*prepared))
        lock.finish(status, body)
        return Answer(status, body)

    try:
        return perform(act_and_store, prepare=prepare, undo=undo)
    except AppError:
        lock.drop()
        raise


class _Lock(NamedTuple):
    """`until` tells whose it is: who takes a lapsed one over sets a later one."""

    id: str
    fingerprint: str
    until: dt.datetime

    def take(self, now: dt.datetime) -> Answer | None:
        """The answer where there is one; else the key is ours until `until`."""
        for _ in range(TRIES):
            if self._insert(now):
                return None
            stored = mongo.collection("idempotency_keys").find_one({"_id": self.id})
            if stored is None:
                continue
            answer = self._answer(stored)
            if answer is not None or self._take_over(stored, now):
                return answer
        raise KeyInFlightError

    def _insert(self, now: dt.datetime) -> bool:
        row = {
            "_id": self.id,
            "fingerprint": self.fingerprint,
            "status": None,
            "body": None,
            "locked_until": self.until,
            "created_at": now,
        }
        try:
            mongo.collection("idempotency_keys").insert_one(row)
        except DuplicateKeyError:
            return False
        return True

    def _answer(self, stored: dict[str, Any]) -> Answer | None:
        if stored["fingerprint"] != self.fingerprint:
            raise KeyReusedError
        if stored["body"] is None:
            return None
        return Answer(stored["status"], bytes(stored["body"]))

    def _take_over(self, stored: dict[str, Any], now: dt.datetime) -> bool:
        locked_until = stored["locked_until"]
        if locked_until.replace(tzinfo=dt.UTC) > now:
            raise KeyInFlightError
        return self._write({"locked_until": self.until}, locked_until=locked_until)

    def finish(self, status: int, body: bytes) -> None:
        """In the transaction of the work; raises where another has taken over meanwhile."""
        values = {"status": status, "body": Binary(body), "locked_until": None}
        if not self._write(values, locked_until=self.until):
            raise KeyInFlightError

    def drop(self) -> None:
        mongo.collection("idempotency_keys").delete_one(
            {"_id": self.id, "locked_until": self.until, "body": None}
        )

    def _write(self, values: dict[str, Any], *, locked_until: dt.datetime) -> bool:
        """A compare and set on an unfinished row."""
        done = mongo.collection("idempotency_keys").update_one(
            {"_id": self.id, "locked_until": locked_until, "body": None},
            {"$set": values},
            session=mongo.session(),
        )
        return done.matched_count == 1
