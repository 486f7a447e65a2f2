"""Uses a code of a second factor: each once, and wrong ones ever more slowly."""

import datetime as dt
from typing import Any, ClassVar

from bson import ObjectId
from pymongo import ReturnDocument

from apps.accounts import codes
from apps.accounts.rows import SecondFactorRow, second_factors
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo
from apps.common.errors import AppError, InvalidInputError, NotAuthenticatedError, RateLimitedError

FREE_TRIES = 5
DELAY_SECONDS = 30
LONGEST_DELAY_SECONDS = 900
ON = {"confirmed_at": {"$ne": None}}


class CodeWrongError(NotAuthenticatedError):
    code = "CODE_WRONG"
    sentence = "This code is wrong or was used before. Wait for the next one of the app."


class CodeInvalidError(InvalidInputError):
    field = "code"
    sentence = CodeWrongError.sentence


class CodeTriesError(RateLimitedError):
    sentence = "Too many wrong codes. Try again in {seconds} s."
    sample: ClassVar = {"seconds": 60}

    def __init__(self, *, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.retry_after = seconds


def code_use(
    *,
    user_id: ObjectId,
    code: str,
    now: dt.datetime,
    error: type[AppError] = CodeWrongError,
    confirmed: bool = True,
) -> None:
    """Uses a code of the app or, once the factor is on, a recovery code.

    Raises `error` for one that is wrong or used, `CodeTriesError` after too many of them.
    """
    row = _try_counted(user_id, now)
    plain = "".join(code.split())
    if not _app_code_used(row, plain, now) and not (confirmed and _recovered(row, plain, now)):
        security_event(Kind.SECOND_FACTOR_FAILED, user_id=user_id, now=now)
        raise error


def _try_counted(user_id: ObjectId, now: dt.datetime) -> SecondFactorRow:
    """Counts the try before its code is looked at, so that many at once are not more than many in
    turn; a right code sets the count back. There is no lock-out: the delay grows up to 15 min."""
    over = {"$subtract": ["$failures", FREE_TRIES - 1]}
    grown = {"$multiply": [DELAY_SECONDS, {"$pow": [2, {"$min": [over, 10]}]}]}
    delay = {"$multiply": [1000, {"$min": [LONGEST_DELAY_SECONDS, grown]}]}
    is_free = {"$lt": ["$failures", FREE_TRIES - 1]}
    row = second_factors.find_one_and_update(
        {"_id": user_id, "$or": [{"retry_at": None}, {"retry_at": {"$lte": now}}]},
        [
            {
                "$set": {
                    "retry_at": {"$cond": [is_free, None, {"$add": [now, delay]}]},
                    "failures": {"$add": ["$failures", 1]},
                }
            }
        ],
        return_document=ReturnDocument.AFTER,
    )
    if row is None:
        raise CodeTriesError(seconds=_seconds_left(user_id, now))
    return row


def _seconds_left(user_id: ObjectId, now: dt.datetime) -> int:
    row = second_factors.find_one({"_id": user_id}, {"retry_at": 1})
    until = row and row["retry_at"]
    left = (until.replace(tzinfo=dt.UTC) - now).total_seconds() if until else 1
    return max(1, int(left))


def _app_code_used(row: SecondFactorRow, code: str, now: dt.datetime) -> bool:
    """Only a step later than the last one counts: who looks over a shoulder comes too late."""
    secret = codes.decrypted(row["secret"])
    step = codes.step_of(secret, code, now) if secret else None
    if step is None or secret is None:
        return False
    # Encrypted anew: after SECRET_KEY has changed, by its present value.
    values = {"last_step": step, "secret": codes.encrypted(secret)}
    return _used({"_id": row["_id"], "last_step": {"$lt": step}}, {"$set": values})


def _recovered(row: SecondFactorRow, code: str, now: dt.datetime) -> bool:
    digest = codes.recovery_hash(code)

    def transaction() -> bool:
        unused = {"_id": row["_id"], "recovery_hashes": digest}
        if not _used(unused, {"$pull": {"recovery_hashes": digest}}):
            return False
        left = str(len(row["recovery_hashes"]) - 1)
        security_event(Kind.RECOVERY_CODE_USED, user_id=row["_id"], now=now, details={"left": left})
        return True

    return mongo.run_in_transaction(transaction)


def _used(unused: dict[str, Any], update: dict[str, Any]) -> bool:
    """A compare and set: of two that show one code at once, one wins."""
    set_back = {**update.get("$set", {}), "failures": 0, "retry_at": None}
    return bool(second_factors.update_one(unused, {**update, "$set": set_back}).modified_count)
