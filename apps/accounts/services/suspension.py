"""Suspends users and ends sessions: what staff do in the admin."""

import datetime as dt

from bson import ObjectId

from apps.accounts.rows import sessions
from apps.accounts.services.profiles import user_set
from apps.accounts.services.token_ends import tokens_end
from apps.common import mongo
from apps.common.errors import ConflictError, NotFoundError


class AlreadySuspendedError(ConflictError):
    code = "ALREADY_SUSPENDED"
    sentence = "This user is already suspended."


class NotSuspendedError(ConflictError):
    code = "NOT_SUSPENDED"
    sentence = "This user is not suspended."


class SessionEndedError(NotFoundError):
    sentence = "This session has already ended."


def user_suspend(*, user_id: ObjectId, now: dt.datetime) -> None:
    """Ends sessions and tokens for good.

    Raises `UserUnknownError` or `AlreadySuspendedError`.
    """

    def transaction() -> None:
        if not user_set(user_id, {"is_active": False}, now)["is_active"]:
            raise AlreadySuspendedError
        tokens_end(user_id=user_id, now=now)

    mongo.run_in_transaction(transaction)


def user_restore(*, user_id: ObjectId, now: dt.datetime) -> None:
    """Tokens of before stay dead. Raises `UserUnknownError` or `NotSuspendedError`."""

    def transaction() -> None:
        if user_set(user_id, {"is_active": True}, now)["is_active"]:
            raise NotSuspendedError
        tokens_end(user_id=user_id, now=now)

    mongo.run_in_transaction(transaction)


def session_end(*, session_id: str) -> None:
    """Raises `SessionEndedError`."""
    if not sessions.delete_one({"_id": session_id}).deleted_count:
        raise SessionEndedError
