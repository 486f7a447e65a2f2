"""A call that is repeated with its `Idempotency-Key` gets its first reply and does nothing.

A row with the key is there before the work begins, so that a second call sees the first. The
reply is stored with the work, in one transaction: it is there if, and only if, the work is done.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from bson import Binary, ObjectId
from pymongo.errors import DuplicateKeyError

from apps.bookings.rows import IdempotencyKeyRow, idempotency_keys
from apps.common import mongo
from apps.common.errors import AppError, ConflictError
from apps.common.json import dumps
from apps.common.rows import Rows

R = TypeVar("R")
# Longer than any call takes: the provider's time-out and the transaction's together.
LOCK = dt.timedelta(seconds=30)
TRIES = 5
# A lock is seen by others before the work begins, and stays where the work is undone.
locks = idempotency_keys.outside()


class KeyReusedError(AppError):
    code = "IDEMPOTENCY_KEY_REUSED"
    status = 422
    sentence = "This Idempotency-Key came with another request before. Use a new key for a new one."


class KeyInFlightError(ConflictError):
    code = "IDEMPOTENCY_IN_FLIGHT"
    retry_after = 1
    sentence = (
        "The first request with this Idempotency-Key has not ended yet. Send the same again in a "
        "moment: it gets the reply of the first."
    )


class Key(NamedTuple):
    """An Idempotency-Key of a user, and the request that it came with."""

    user_id: ObjectId
    value: str
    request: Any


@dataclass(frozen=True)
class Answer(Generic[R]):
    """A reply as JSON. `made` is None where an earlier call with the same key made it."""

    status: int
    body: bytes
    made: R | None = None

    @property
    def reply(self) -> R:
        """The reply of a call that was no repetition."""
        if self.made is None:
            raise ValueError("An earlier call made this reply.")
        return self.made


def perform(
    act: Callable[..., R],
    *,
    prepare: Callable[[], Any] | None = None,
    undo: Callable[[Any], None] | None = None,
) -> R:
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
    key: Key | None,
    act: Callable[..., R],
    *,
    now: dt.datetime,
    prepare: Callable[[], Any] | None = None,
    undo: Callable[[Any], None] | None = None,
    status: int = 200,
) -> Answer[R]:
    """`perform`, whose result is stored as JSON, or the answer of the call that did it before.
    Without a key nothing is stored.

    Raises `KeyReusedError` where the key came with another request, and `KeyInFlightError` while
    the first call is at work. A refused call raises and is not stored. After an error of ours
    the key is locked until it is clear that the call has ended.
    """
    if key is None:
        made = perform(act, prepare=prepare, undo=undo)
        return Answer(status, dumps(made), made)
    fingerprint = hashlib.sha256(dumps(key.request)).hexdigest()
    lock = _Lock(f"{key.user_id}:{key.value}", fingerprint, now + LOCK)
    stored = lock.acquire(now)
    if stored is not None:
        return stored

    def act_and_store(*prepared: Any) -> Answer[R]:
        made = act(*prepared)
        answer = Answer(status, dumps(made), made)
        lock.finish(answer)
        return answer

    try:
        return perform(act_and_store, prepare=prepare, undo=undo)
    except AppError:
        lock.release()
        raise


class _Lock(NamedTuple):
    """`until` shows whose it is: a call that takes over an expired one sets a later one."""

    id: str
    fingerprint: str
    until: dt.datetime

    def acquire(self, now: dt.datetime) -> Answer[Any] | None:
        """The answer where there is one; else the key is ours until `until`."""
        for _ in range(TRIES):
            if self._insert(now):
                return None
            stored = locks.find_one({"_id": self.id})
            if stored is None:
                continue
            answer = self._answer(stored)
            if answer is not None or self._take_over(stored, now):
                return answer
        raise KeyInFlightError

    def _insert(self, now: dt.datetime) -> bool:
        row: IdempotencyKeyRow = {
            "_id": self.id,
            "fingerprint": self.fingerprint,
            "status": None,
            "body": None,
            "locked_until": self.until,
            "created_at": now,
        }
        try:
            locks.insert_one(row)
        except DuplicateKeyError:
            return False
        return True

    def _answer(self, stored: IdempotencyKeyRow) -> Answer[Any] | None:
        if stored["fingerprint"] != self.fingerprint:
            raise KeyReusedError
        if stored["body"] is None or stored["status"] is None:
            return None
        return Answer(stored["status"], bytes(stored["body"]))

    def _take_over(self, stored: IdempotencyKeyRow, now: dt.datetime) -> bool:
        locked_until = stored["locked_until"]
        if locked_until is None or locked_until.replace(tzinfo=dt.UTC) > now:
            raise KeyInFlightError
        return self._write(locks, {"locked_until": self.until}, locked_until=locked_until)

    def finish(self, answer: Answer[Any]) -> None:
        """In the transaction of the work; raises where another has taken over meanwhile."""
        values = {"status": answer.status, "body": Binary(answer.body), "locked_until": None}
        if not self._write(idempotency_keys, values, locked_until=self.until):
            raise KeyInFlightError

    def release(self) -> None:
        locks.delete_one({"_id": self.id, "locked_until": self.until, "body": None})

    def _write(
        self,
        rows: Rows[IdempotencyKeyRow],
        values: Mapping[str, Any],
        *,
        locked_until: dt.datetime,
    ) -> bool:
        """A compare and set on an unfinished row."""
        done = rows.update_one(
            {"_id": self.id, "locked_until": locked_until, "body": None}, {"$set": values}
        )
        return done.matched_count == 1
