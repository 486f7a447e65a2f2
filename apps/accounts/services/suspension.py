"""Suspends users and ends sessions: what staff do in the admin."""

import datetime as dt

from bson import ObjectId

from apps.accounts.rows import sessions
from apps.accounts.services.profiles import user_set
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
    """Ends the sessions too; tokens are rejected from the next call on, which reads `is_active`.

    Raises `UserUnknownError` or `AlreadySuspendedError`.
    """

    def transaction() -> None:
        if not user_set(user_id, {"is_active": False}, now)["is_active"]:
            raise AlreadySuspendedError
        sessions.delete_many({"user_id": user_id})

    mongo.run_in_transaction(transaction)


def user_restore(*, user_id: ObjectId, now: dt.datetime) -> None:
    """Raises `UserUnknownError` or `NotSuspendedError`."""

    def transaction() -> None:
        if user_set(user_id, {"is_active": True}, now)["is_active"]:
            raise NotSuspendedError

    mongo.run_in_transaction(transaction)


def session_end(*, session_id: str) -> None:
    """Raises `SessionEndedError`."""
    if not sessions.delete_one({"_id": session_id}).deleted_count:
        raise SessionEndedError
