"""The second factor of an account: its owner switches it on and off, every log-in asks for it."""

import datetime as dt
from typing import NamedTuple

from bson import ObjectId
from django.contrib.auth.hashers import check_password

from apps.accounts import codes
from apps.accounts.passkeys import Assertion
from apps.accounts.rows import SecondFactorRow, second_factors, users
from apps.accounts.selectors import UserUnknownError
from apps.accounts.services.code_tries import ON, CodeInvalidError, code_use
from apps.accounts.services.passkey_use import passkey_use
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError, NotAuthenticatedError


class SecondFactorRequiredError(NotAuthenticatedError):
    code = "SECOND_FACTOR_REQUIRED"
    sentence = (
        "This account has a second factor: send `code`, from the app or a recovery code, too, or "
        "`passkey`."
    )


class PasswordWrongError(InvalidInputError):
    field = "password"
    sentence = "This is not the password of your account."


class SecondFactorOnError(ConflictError):
    code = "SECOND_FACTOR_ON"
    sentence = "The second factor is on already. Switch it off first."


class SecondFactorOffError(ConflictError):
    code = "SECOND_FACTOR_OFF"
    sentence = "The second factor is not on."


class Enrolment(NamedTuple):
    """What an app needs: `uri` holds the secret too."""

    secret: str
    uri: str


def second_factor_begin(*, user_id: ObjectId, password: str, now: dt.datetime) -> Enrolment:
    """Makes a secret that counts once a code of it was sent.

    Raises `PasswordWrongError` or `SecondFactorOnError`.
    """
    password_confirm(user_id=user_id, password=password)
    return enrolment_begin(user_id=user_id, now=now)


def enrolment_begin(*, user_id: ObjectId, now: dt.datetime) -> Enrolment:
    """For somebody whose password was checked just now. The secret stays the same until it counts.

    Raises `SecondFactorOnError`.
    """
    user = users.find_one({"_id": user_id}, {"email": 1})
    if user is None:
        raise UserUnknownError
    row = second_factors.find_one({"_id": user_id}) or _enrolled(user_id, now)
    if row["confirmed_at"] is not None:
        raise SecondFactorOnError
    secret = codes.decrypted(row["secret"])
    if secret is None:
        second_factors.delete_one({"_id": user_id, "confirmed_at": None})
        return enrolment_begin(user_id=user_id, now=now)
    return Enrolment(secret, codes.secret_uri(secret, user["email"]))


def _enrolled(user_id: ObjectId, now: dt.datetime) -> SecondFactorRow:
    row: SecondFactorRow = {
        "_id": user_id,
        "secret": codes.encrypted(codes.secret_new()),
        "confirmed_at": None,
        "last_step": 0,
        "recovery_hashes": [],
        "failures": 0,
        "retry_at": None,
        "created_at": now,
    }
    second_factors.update_one({"_id": user_id}, {"$setOnInsert": row}, upsert=True)
    stored = second_factors.find_one({"_id": user_id})
    return stored or row


def second_factor_confirm(*, user_id: ObjectId, code: str, now: dt.datetime) -> list[str]:
    """Switches it on and returns the recovery codes, of which only hashes are kept.

    Raises `SecondFactorOffError` where none was begun, `SecondFactorOnError`, `CodeInvalidError`.
    """
    row = second_factors.find_one({"_id": user_id})
    if row is None:
        raise SecondFactorOffError
    if row["confirmed_at"] is not None:
        raise SecondFactorOnError
    code_use(user_id=user_id, code=code, now=now, error=CodeInvalidError, confirmed=False)
    recovery = codes.recovery_codes_new()
    hashes = [codes.recovery_hash(each) for each in recovery]

    def transaction() -> None:
        waits = {"_id": user_id, "confirmed_at": None}
        values = {"confirmed_at": now, "recovery_hashes": hashes}
        if not second_factors.update_one(waits, {"$set": values}).modified_count:
            raise SecondFactorOnError
        security_event(Kind.SECOND_FACTOR_ON, user_id=user_id, now=now)

    mongo.run_in_transaction(transaction)
    return recovery


def second_factor_remove(*, user_id: ObjectId, actor_id: ObjectId, now: dt.datetime) -> None:
    """Switches it off, also for staff who know whom they talk to. Raises `SecondFactorOffError`."""

    def transaction() -> None:
        if not second_factors.delete_one({"_id": user_id, **ON}).deleted_count:
            raise SecondFactorOffError
        security_event(Kind.SECOND_FACTOR_OFF, user_id=user_id, actor_id=actor_id, now=now)

    mongo.run_in_transaction(transaction)


def second_factor_check(
    *, user_id: ObjectId, code: str, now: dt.datetime, passkey: Assertion | None = None
) -> bool:
    """The second question of every log-in, after the password. Returns whether one was answered:
    False for an account without a second factor. A passkey of the account answers it too.

    Raises `SecondFactorRequiredError`, `CodeWrongError`, `CodeTriesError` or what `passkey_use`
    raises.
    """
    if passkey:
        passkey_use(sent=passkey, user_id=user_id, now=now)
        return True
    if not second_factors.exists({"_id": user_id, **ON}):
        return False
    if not code:
        raise SecondFactorRequiredError
    code_use(user_id=user_id, code=code, now=now)
    return True


def password_confirm(*, user_id: ObjectId, password: str) -> None:
    """Asks once more who it is. Raises `PasswordWrongError`."""
    user = users.find_one({"_id": user_id}, {"password_hash": 1})
    if user is None or not check_password(password, user["password_hash"]):
        raise PasswordWrongError
