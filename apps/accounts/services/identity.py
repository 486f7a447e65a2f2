"""Asks somebody who is logged in once more who they are, before their account's doors change."""

import datetime as dt
from typing import ClassVar, NamedTuple

from bson import ObjectId

from apps.accounts.passkeys import Assertion
from apps.accounts.rows import second_factors
from apps.accounts.services.code_tries import ON, CodeInvalidError, code_use
from apps.accounts.services.passkey_use import passkey_use
from apps.accounts.services.second_factor import (
    SecondFactorOffError,
    password_confirm,
    second_factor_remove,
)
from apps.common.errors import InvalidInputError, NotAuthenticatedError


class CodeNeededError(InvalidInputError):
    field = "code"
    sentence = "Your account has a second factor: send a code of the app, or a recovery code, too."


class PasskeyInvalidError(InvalidInputError):
    """As `PasskeyWrongError` and its like, for who is logged in: they stay so."""

    field = "passkey"
    sentence = "{why}"
    sample: ClassVar = {"why": "This passkey could not be checked."}


class Proof(NamedTuple):
    """A passkey, or the password and, where there is a second factor, a code."""

    password: str = ""
    code: str = ""
    passkey: Assertion | None = None


def identity_prove(*, user_id: ObjectId, proof: Proof, now: dt.datetime) -> None:
    """Raises `PasskeyInvalidError`; `PasswordWrongError`, `CodeNeededError`, `CodeInvalidError` and
    `CodeTriesError`."""
    if proof.passkey:
        passkey_prove(user_id=user_id, sent=proof.passkey, now=now)
        return
    password_confirm(user_id=user_id, password=proof.password)
    if second_factors.exists({"_id": user_id, **ON}):
        if not proof.code:
            raise CodeNeededError
        code_use(user_id=user_id, code=proof.code, now=now, error=CodeInvalidError)


def second_factor_end(*, user_id: ObjectId, proof: Proof, now: dt.datetime) -> None:
    """Raises `SecondFactorOffError` and what `identity_prove` raises."""
    if not second_factors.exists({"_id": user_id, **ON}):
        raise SecondFactorOffError
    identity_prove(user_id=user_id, proof=proof, now=now)
    second_factor_remove(user_id=user_id, actor_id=user_id, now=now)


def passkey_prove(*, user_id: ObjectId, sent: Assertion, now: dt.datetime) -> None:
    """Raises `PasskeyInvalidError`."""
    try:
        passkey_use(sent=sent, user_id=user_id, now=now)
    except NotAuthenticatedError as error:
        raise PasskeyInvalidError(why=error.message) from error
