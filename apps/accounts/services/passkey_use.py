"""Uses a passkey: to log in without a password, as a second factor, and to prove once more who
somebody is."""

import datetime as dt
from typing import Any

from bson import ObjectId

from apps.accounts.enums import PasskeyUse
from apps.accounts.models import User
from apps.accounts.passkeys import Assertion, PasskeyUsed, asserted, challenge_in, decoded, encoded
from apps.accounts.rows import PasskeyRow, passkeys
from apps.accounts.services.challenges import challenge_use
from apps.accounts.services.suspension import AccountSuspendedError
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common.errors import NotAuthenticatedError


class PasskeyUnknownError(NotAuthenticatedError):
    code = "PASSKEY_UNKNOWN"
    sentence = "This passkey does not belong to this account, or was removed. Use another way."


class PasskeyWrongError(NotAuthenticatedError):
    code = "PASSKEY_WRONG"
    sentence = "This passkey could not be checked. Try again, or use another way."


class PasskeyCopiedError(NotAuthenticatedError):
    code = "PASSKEY_COPIED"
    sentence = (
        "This passkey may have been copied, so it is refused. Log in another way and remove it."
    )


def passkey_use(*, sent: Assertion, now: dt.datetime, user_id: ObjectId | None = None) -> ObjectId:
    """Checks what a passkey signed, and returns whose it is; with `user_id` only theirs counts.

    Raises `ChallengeOverError`, `PasskeyUnknownError`, `PasskeyWrongError`, `PasskeyCopiedError`
    and `ChallengesUnavailableError`.
    """
    challenge = challenge_in(sent.client_data)
    if challenge is None:
        raise PasskeyWrongError
    challenge_use(challenge, PasskeyUse.PROVE)
    row = passkeys.find_one({"credential_id": encoded(sent.credential_id)})
    if row is None or (user_id and row["user_id"] != user_id):
        security_event(Kind.PASSKEY_FAILED, user_id=user_id, now=now)
        raise PasskeyUnknownError
    used = asserted(sent, challenge=challenge, public_key=decoded(row["public_key"]))
    whose = row["user_id"].binary
    if used is None or sent.user_handle != whose or used.can_sync != row["can_sync"]:
        security_event(Kind.PASSKEY_FAILED, user_id=row["user_id"], now=now)
        raise PasskeyWrongError
    _count(row, used, now)
    return row["user_id"]


def _count(row: PasskeyRow, used: PasskeyUsed, now: dt.datetime) -> None:
    """Of two uses with one count the second is of a copy. Most devices do not count: zero."""
    counts = used.sign_count or row["sign_count"]
    later: dict[str, Any] = {"sign_count": {"$lt": used.sign_count} if counts else 0}
    values = {"sign_count": used.sign_count, "is_synced": used.is_synced, "used_at": now}
    if not passkeys.update_one({"_id": row["_id"], **later}, {"$set": values}).matched_count:
        details = {"passkey": str(row["_id"])}
        security_event(Kind.PASSKEY_COPIED, user_id=row["user_id"], now=now, details=details)
        raise PasskeyCopiedError


def user_by_passkey(*, sent: Assertion, now: dt.datetime) -> User:
    """Who logs in without a password. Raises what `passkey_use` raises, and
    `AccountSuspendedError`."""
    user_id = passkey_use(sent=sent, now=now)
    user = User.objects.get(pk=str(user_id))
    if not user.is_active:
        raise AccountSuspendedError
    return user
