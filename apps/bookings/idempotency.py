"""A call that is repeated with its `Idempotency-Key` gets its first reply and does nothing."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

from bson import Binary, ObjectId

from apps.common import mongo
from apps.common.errors import AppError
from apps.common.json import dumps


class KeyReusedError(AppError):
    code = "IDEMPOTENCY_KEY_REUSED"
    status = 422


def once(
    *,
    user_id: ObjectId,
    key: str,
    request: Any,
    act: Callable[[], Any],
    now: dt.datetime,
) -> bytes:
    """The reply of `act` as JSON, stored in the transaction of what `act` does.

    Raises `KeyReusedError` where the key came with another `request` before. A refused call
    raises and is not stored. Of two calls at once the later one waits for the first.
    """
    fingerprint = hashlib.sha256(dumps(request)).hexdigest()
    keys, key_id = mongo.collection("idempotency_keys"), f"{user_id}:{key}"

    def transaction() -> bytes:
        session = mongo.session()
        stored = keys.find_one({"_id": key_id}, session=session)
        if stored is not None:
            return _repeated(stored, fingerprint)
        body = dumps(act())
        keys.insert_one(
            {
                "_id": key_id,
                "fingerprint": fingerprint,
                "body": Binary(body),
                "created_at": now,
            },
            session=session,
        )
        return body

    return mongo.run_in_transaction(transaction)


def _repeated(stored: dict[str, Any], fingerprint: str) -> bytes:
    if stored["fingerprint"] != fingerprint:
        raise KeyReusedError(
            "This Idempotency-Key came with another request before. Use a new key for a new one."
        )
    return bytes(stored["body"])
