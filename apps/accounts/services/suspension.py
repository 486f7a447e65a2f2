"""Suspends users and ends sessions: what staff do in the admin. What sells or buys calls
`user_keep_active`, so that no suspension is missed."""

import datetime as dt
import uuid
from typing import ClassVar

from bson import ObjectId
from django.conf import settings

from apps.accounts.rows import sessions, users
from apps.accounts.services.profiles import user_set
from apps.accounts.services.token_ends import tokens_end
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo, parts
from apps.common.errors import ConflictError, ForbiddenError, NotFoundError
from apps.common.parts import USER, Subject, Withdrawal
from apps.events.notify import notify_person


class AlreadySuspendedError(ConflictError):
    code = "ALREADY_SUSPENDED"
    sentence = "This user is already suspended."


class NotSuspendedError(ConflictError):
    code = "NOT_SUSPENDED"
    sentence = "This user is not suspended."


class SessionEndedError(NotFoundError):
    sentence = "This session has already ended."


class AccountSuspendedError(ForbiddenError):
    """The `details` have the address to write to, for the page of a suspended person."""

    code = "ACCOUNT_SUSPENDED"
    sentence = "This account is suspended. If you think that this is a mistake, write to {support}."
    sample: ClassVar = {"support": "support@staywell.example"}

    def __init__(self) -> None:
        support = settings.SUPPORT_EMAIL
        super().__init__(support=support, details={"support_email": support})


def user_keep_active(user_id: ObjectId) -> None:
    """Belongs in the transaction in which a person books, holds or offers. It writes their row: a
    suspension at the same time conflicts, and one of the two starts anew and sees the other.

    Raises `AccountSuspendedError`.
    """
    kept = users.update_one({"_id": user_id, "is_active": True}, {"$inc": {"deals": 1}})
    if not kept.matched_count:
        raise AccountSuspendedError


def user_suspend(
    *, user_id: ObjectId, now: dt.datetime, reason: str = "", staff_id: ObjectId | None = None
) -> None:
    """Ends sessions and tokens for good, withdraws the listings and begins what follows for the
    bookings. A deletion that waits is off.

    Raises `UserUnknownError` or `AlreadySuspendedError`.
    """

    def transaction() -> None:
        if not user_set(user_id, {"is_active": False, "erase_at": None}, now)["is_active"]:
            raise AlreadySuspendedError
        tokens_end(user_id=user_id, now=now)
        parts.withdraw(Withdrawal(Subject(USER, user_id), now, reason, staff_id))
        security_event(Kind.USER_SUSPENDED, user_id=user_id, actor_id=staff_id, now=now)
        _notify(user_id, "account_suspended", now)

    mongo.run_in_transaction(transaction)


def user_restore(*, user_id: ObjectId, now: dt.datetime, staff_id: ObjectId | None = None) -> None:
    """Brings back what the suspension took: listings that the host had withdrawn stay so, and
    tokens of before stay dead. Raises `UserUnknownError` or `NotSuspendedError`."""

    def transaction() -> None:
        before = user_set(user_id, {"is_active": True}, now)
        if before["is_active"] or before.get("erased_at"):
            raise NotSuspendedError
        tokens_end(user_id=user_id, now=now)
        parts.restore(Subject(USER, user_id), now=now)
        security_event(Kind.USER_RESTORED, user_id=user_id, actor_id=staff_id, now=now)
        _notify(user_id, "account_restored", now)

    mongo.run_in_transaction(transaction)


def _notify(user_id: ObjectId, kind: str, now: dt.datetime) -> None:
    source = f"{user_id}:{kind}:{now.isoformat()}"
    notify_person(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, source)), user_id=user_id, kind=kind, now=now
    )


def session_end(*, session_id: str) -> None:
    """Raises `SessionEndedError`."""
    if not sessions.delete_one({"_id": session_id}).deleted_count:
        raise SessionEndedError
