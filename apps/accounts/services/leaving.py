"""A person deletes their account: first nothing is sold or shown any more and nobody is logged in;
when the time to change one's mind is over, the worker erases what is stored."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from typing import Any

from bson import ObjectId
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password

from apps.accounts.rows import (
    account_links,
    log_ins,
    passkeys,
    preferences,
    second_factors,
    sessions,
    users,
)
from apps.accounts.selectors import UserUnknownError
from apps.accounts.services.suspension import user_keep_active
from apps.accounts.services.token_ends import tokens_end
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo, parts
from apps.common.errors import (
    AppError,
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotAuthenticatedError,
)
from apps.common.parts import USER, Hindrance, Subject, Withdrawal
from apps.events.notify import notify_person

logger = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]
AT_ONCE = 50
AGAIN = dt.timedelta(days=1)
REASON = "The person deletes the account."


class WrongPasswordError(InvalidInputError):
    code = "WRONG_PASSWORD"
    field = "password"
    sentence = "This is not your password."


class AccountNeededError(ConflictError):
    """The `details` list the reasons, each with a code, a sentence and perhaps a booking."""

    code = "ACCOUNT_NEEDED"
    sentence = "The account cannot be deleted yet. See the reasons."


class AccountDeletedError(NotAuthenticatedError):
    code = "ACCOUNT_DELETED"
    sentence = "This account has been deleted."


class StaffAccountError(ForbiddenError):
    sentence = "An administrator deletes accounts of staff."


def account_hindrances(user_id: ObjectId, *, now: dt.datetime) -> list[Hindrance]:
    """Lists what must end before the account can be deleted."""
    return [one for part in parts.parts() for one in part.hindrances(user_id, now=now)]


def account_leave(*, user_id: ObjectId, password: str, now: dt.datetime) -> dt.datetime:
    """Withdraws what the person offers, ends every session, and returns when the account will be
    erased; until then a log-in keeps it. A second call changes nothing.

    Raises `WrongPasswordError`, `StaffAccountError`, `AccountNeededError`.
    """
    _check_password(user_id, password)

    def transaction() -> dt.datetime:
        user_keep_active(user_id)
        found = account_hindrances(user_id, now=now)
        if found:
            reasons = [one._asdict() for one in found]
            raise AccountNeededError(details={"reasons": reasons})
        erase_at = now + settings.LEAVING_TIME
        free = {"_id": user_id, "erase_at": None}
        if users.update_one(
            free, {"$set": {"erase_at": erase_at, "updated_at": now}}
        ).matched_count:
            parts.withdraw(Withdrawal(Subject(USER, user_id), now, REASON))
            _notify(user_id, erase_at, now)
        tokens_end(user_id=user_id, now=now)
        stored = users.find_one({"_id": user_id}, {"erase_at": 1})
        kept = stored and stored.get("erase_at")
        return kept.replace(tzinfo=dt.UTC) if kept else erase_at

    return mongo.run_in_transaction(transaction)


def _check_password(user_id: ObjectId, password: str) -> None:
    user = users.find_one({"_id": user_id}, {"password_hash": 1, "is_staff": 1})
    if user is None:
        raise UserUnknownError
    if not check_password(password, user["password_hash"]):
        raise WrongPasswordError
    if user.get("is_staff"):
        raise StaffAccountError


def account_stay(*, user_id: ObjectId, now: dt.datetime) -> None:
    """Keeps an account that is about to be deleted, at a log-in: what was withdrawn comes back.
    Raises `AccountDeletedError`."""

    def transaction() -> None:
        waiting = {"_id": user_id, "is_active": True, "erase_at": {"$gt": now}}
        if not users.update_one(waiting, {"$set": {"erase_at": None}}).matched_count:
            raise AccountDeletedError
        parts.restore(Subject(USER, user_id), now=now)

    mongo.run_in_transaction(transaction)


def accounts_erase(*, clock: Clock) -> int:
    """Erases the accounts whose time is over; returns how many. What is killed begins again with
    the same account: all of it can be done twice, and the account's own row comes last."""
    due = {"erase_at": {"$lte": clock()}, "is_active": True}
    found = users.find(due, {"_id": 1}).sort("erase_at", 1).limit(AT_ONCE)
    return sum(_erase(row["_id"], clock()) for row in found)


def _erase(user_id: ObjectId, now: dt.datetime) -> bool:
    if account_hindrances(user_id, now=now):
        return _later(user_id, now)
    try:
        for part in parts.parts():
            part.erase(user_id, now=now)
    except AppError as error:
        logger.warning("accounts.not_erased", extra={"user_id": str(user_id), "why": error.message})
        return _later(user_id, now)
    return True


def _later(user_id: ObjectId, now: dt.datetime) -> bool:
    users.update_one({"_id": user_id}, {"$set": {"erase_at": now + AGAIN}})
    return False


def account_forget(user_id: ObjectId, *, now: dt.datetime) -> None:
    """Leaves a row without a person, which the books name: its e-mail is free again."""
    preferences.delete_one({"_id": user_id})
    second_factors.delete_one({"_id": user_id})
    for handle in (account_links, log_ins, passkeys, sessions):
        handle.delete_many({"user_id": user_id})
    name = f"erased-{user_id}"
    values: dict[str, Any] = {
        "username": name,
        "email": f"{name}@erased.invalid",
        "email_key": f"{name}@erased.invalid",
        "email_verified_at": None,
        "requested_email": "",
        "requested_key": "",
        "password_hash": f"{UNUSABLE_PASSWORD_PREFIX}{uuid.uuid4().hex}",
        "first_name": "",
        "last_name": "",
        "phone": "",
        "profile": {},
        "source_id": "",
        "last_login": None,
        "known_devices": None,
        "is_active": False,
        "erase_at": None,
        "erased_at": now,
        "updated_at": now,
    }
    due = {"_id": user_id, "erase_at": {"$lte": now}}

    def transaction() -> None:
        if users.update_one(due, {"$set": values}).matched_count:
            security_event(Kind.ACCOUNT_ERASED, user_id=user_id, now=now)

    mongo.run_in_transaction(transaction)


def _notify(user_id: ObjectId, erase_at: dt.datetime, now: dt.datetime) -> None:
    source = f"{user_id}:leaving:{now.isoformat()}"
    notify_person(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, source)),
        user_id=user_id,
        kind="account_leaving",
        values={"day": f"{erase_at:%-d %b %Y}"},
        now=now,
    )
