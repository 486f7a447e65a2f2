"""Log-ins: how one begins, is renewed and ends. docs/decisions/0040."""

import datetime as dt
import logging
import secrets
from typing import NamedTuple

from bson import ObjectId
from pymongo import ReturnDocument

from apps.accounts.enums import LogInKind
from apps.accounts.models import User
from apps.accounts.passkeys import Assertion
from apps.accounts.replies import SessionReply
from apps.accounts.rows import LogInRow, log_ins
from apps.accounts.selectors import TokenProof, user_shown
from apps.accounts.services.devices import Device, device_learn
from apps.accounts.services.leaving import account_stay
from apps.accounts.services.second_factor import second_factor_check
from apps.accounts.services.suspension import AccountSuspendedError
from apps.accounts.services.token_ends import token_end, tokens_end
from apps.accounts.tokens import (
    BROWSER_LIFETIME,
    PROGRAM_LIFETIME,
    refresh_read,
    refresh_written,
    token_issue,
)
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo
from apps.common.errors import NotAuthenticatedError, NotFoundError

logger = logging.getLogger(__name__)
IDLE = dt.timedelta(days=30)
LONGEST = dt.timedelta(days=180)
# Two tabs may show the same refresh token at once, or the reply to the first be lost on its way.
GRACE = dt.timedelta(seconds=30)


class LogInEndedError(NotAuthenticatedError):
    sentence = "Your session has ended. Log in again."


class LogInUnknownError(NotFoundError):
    sentence = "This session has already ended."


class Begun(NamedTuple):
    """`refresh` is for the cookie of a browser, empty for a program."""

    reply: SessionReply
    refresh: str
    expires_at: dt.datetime


def session_begin(
    *,
    user: User,
    kind: LogInKind,
    device: Device,
    now: dt.datetime,
    code: str = "",
    passkey: Assertion | None = None,
    by_passkey: bool = False,
) -> Begun:
    """Logs `user` in: the last step of every log-in, which asks for the second factor, if there is
    one, so that no door can forget it.

    `user` is as it was read before its password was checked. `by_passkey` is a log-in without one:
    the device asked for a finger or a PIN, so it counts as both. An account that was about to be
    deleted is kept. Raises what `second_factor_check` raises, and `AccountDeletedError` where it is
    too late for that.
    """
    user_id = ObjectId(str(user.pk))
    passed = by_passkey or second_factor_check(user_id=user_id, code=code, passkey=passkey, now=now)
    by_browser = kind == LogInKind.BROWSER
    row: LogInRow = {
        "_id": secrets.token_hex(16),
        "user_id": user_id,
        "kind": kind.value,
        "generation": user.token_generation,
        "device": device.name,
        "address": device.address,
        "refresh_seed": secrets.token_hex(16) if by_browser else "",
        "rotation": 0,
        "rotated_at": None,
        "created_at": now,
        "used_at": now,
        "expires_at": now + (IDLE if by_browser else PROGRAM_LIFETIME),
        "ended_at": None,
        "second_factor": passed,
    }

    def transaction() -> None:
        if user.erase_at:
            account_stay(user_id=user_id, now=now)
        log_ins.insert_one(row)
        device_learn(user_id=user_id, name=device.name, now=now)
        details = {"door": kind.value, "second_factor": "yes" if passed else "no"}
        if by_passkey or passkey:
            details["passkey"] = "yes"
        security_event(Kind.LOGGED_IN, user_id=user_id, now=now, details=details)

    mongo.run_in_transaction(transaction)
    return _begun(user, row)


def _begun(user: User, row: LogInRow) -> Begun:
    by_browser = row["kind"] == LogInKind.BROWSER
    lifetime = BROWSER_LIFETIME if by_browser else PROGRAM_LIFETIME
    token, expires_at = token_issue(
        user,
        session_id=row["_id"],
        lifetime=lifetime,
        second_factor=row.get("second_factor", False),
    )
    seed = row["refresh_seed"]
    refresh = refresh_written(row["_id"], row["rotation"], seed) if by_browser else ""
    shown = user_shown(row["user_id"])
    reply = SessionReply.of(shown, token=token, expires_at=expires_at)
    return Begun(reply, refresh, row["expires_at"])


def session_refresh(*, refresh: str, device: Device, now: dt.datetime) -> Begun:
    """Renews the refresh token and returns an access token with it.

    The token before the last works for `GRACE` and gives the last one again. An older one was
    copied: whoever shows it ends the log-in. Raises `LogInEndedError`, and for a person who was
    suspended `AccountSuspendedError`: they may know why they are out.
    """
    renewed = mongo.run_in_transaction(lambda: _renewed(refresh, device, now))
    if renewed is None:
        raise LogInEndedError
    return _begun(*renewed)


def _renewed(refresh: str, device: Device, now: dt.datetime) -> tuple[User, LogInRow] | None:
    shown = refresh_read(refresh)
    row = shown and log_ins.find_one({"_id": shown.session_id})
    if not shown or not row or not shown.is_genuine(row["refresh_seed"]):
        return None
    user = User.objects.filter(pk=str(row["user_id"]), erased_at=None).first()
    if user and not user.is_active:
        raise AccountSuspendedError
    if user is None or not _is_alive(row, user, now):
        return None
    if shown.rotation == row["rotation"]:
        return user, _rotated(row, device, now)
    if shown.rotation == row["rotation"] - 1 and _is_within_grace(row, now):
        return user, row
    logger.warning("accounts.refresh_reused", extra={"log_in": row["_id"], **_about(row)})
    security_event(Kind.TOKEN_REUSED, user_id=row["user_id"], now=now)
    _end(row, now)
    return None


def _about(row: LogInRow) -> dict[str, str]:
    return {"user_id": str(row["user_id"]), "address": row["address"]}


def _is_alive(row: LogInRow, user: User, now: dt.datetime) -> bool:
    is_open = row["ended_at"] is None and row["expires_at"].replace(tzinfo=dt.UTC) > now
    return is_open and row["generation"] == user.token_generation


def _is_within_grace(row: LogInRow, now: dt.datetime) -> bool:
    rotated_at = row["rotated_at"]
    return rotated_at is not None and now - rotated_at.replace(tzinfo=dt.UTC) <= GRACE


def _rotated(row: LogInRow, device: Device, now: dt.datetime) -> LogInRow:
    oldest = row["created_at"].replace(tzinfo=dt.UTC)
    changes = {
        "rotation": row["rotation"] + 1,
        "rotated_at": now,
        "used_at": now,
        "expires_at": min(now + IDLE, oldest + LONGEST),
        "device": device.name,
        "address": device.address,
    }
    after = log_ins.find_one_and_update(
        {"_id": row["_id"]}, {"$set": changes}, return_document=ReturnDocument.AFTER
    )
    if after is None:
        raise LogInEndedError
    return after


def log_in_end(*, log_in_id: str, now: dt.datetime, user_id: ObjectId | None = None) -> None:
    """Ends one log-in and its tokens; with `user_id` only one of this user's.

    Raises `LogInUnknownError`.
    """
    mine = {} if user_id is None else {"user_id": user_id}

    def transaction() -> None:
        row = log_ins.find_one({"_id": log_in_id, "ended_at": None, **mine})
        if row is None:
            raise LogInUnknownError
        _end(row, now)

    mongo.run_in_transaction(transaction)


def log_out(*, proof: TokenProof, expires_at: dt.datetime, now: dt.datetime) -> None:
    """Ends the log-in that a token belongs to; of one without a log-in the token itself."""

    def transaction() -> None:
        row = log_ins.find_one({"_id": proof.session_id, "user_id": proof.user_id})
        if row is None:
            token_end(user_id=proof.user_id, token=proof.token_id, until=expires_at, now=now)
        elif row["ended_at"] is None:
            _end(row, now)

    mongo.run_in_transaction(transaction)


def log_out_everywhere(*, user_id: ObjectId, now: dt.datetime) -> None:
    """Ends every log-in of a user, at their own wish."""

    def transaction() -> None:
        tokens_end(user_id=user_id, now=now)
        security_event(Kind.SESSIONS_ENDED, user_id=user_id, now=now)

    mongo.run_in_transaction(transaction)


def log_out_by_refresh(*, refresh: str, now: dt.datetime) -> None:
    """Ends the log-in of a browser's cookie, if it is one that goes on."""

    def transaction() -> None:
        shown = refresh_read(refresh)
        row = shown and log_ins.find_one({"_id": shown.session_id, "ended_at": None})
        if shown and row and shown.is_genuine(row["refresh_seed"]):
            _end(row, now)

    mongo.run_in_transaction(transaction)


def _end(row: LogInRow, now: dt.datetime) -> None:
    log_ins.update_one({"_id": row["_id"]}, {"$set": {"ended_at": now}})
    token_end(user_id=row["user_id"], token=row["_id"], until=now + PROGRAM_LIFETIME, now=now)
    security_event(Kind.LOGGED_OUT, user_id=row["user_id"], now=now)
