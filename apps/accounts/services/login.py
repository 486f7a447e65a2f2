"""Log-in by address and password."""

import datetime as dt
from typing import ClassVar

from bson import ObjectId
from django.contrib.auth.hashers import check_password, is_password_usable

from apps.accounts.enums import LogInKind, UserType
from apps.accounts.models import User
from apps.accounts.passkeys import Assertion
from apps.accounts.replies import SessionReply
from apps.accounts.services.devices import Device
from apps.accounts.services.log_ins import session_begin
from apps.accounts.services.suspension import AccountSuspendedError
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common.addresses import address_key
from apps.common.errors import ForbiddenError, NotAuthenticatedError

# What is checked where there is no account: the same work as for a known one.
NOBODYS = "bcrypt_sha256$$2b$12$JGms3.IW952dhlSQc96LouBwpWB8AqbZIATTama41u/jyqWfUbC1S"
CHECKS = 2


class InvalidCredentialsError(NotAuthenticatedError):
    code = "INVALID_CREDENTIALS"
    sentence = "The e-mail or the password is wrong."


class WrongSideError(ForbiddenError):
    code = "WRONG_USER_TYPE"
    sentence = (
        "This is an account for {user_type}s: log in on the {user_type} side. You can add the "
        "other side in your account settings."
    )
    sample: ClassVar = {"user_type": "owner"}


def user_authenticated(*, email: str, password: str, now: dt.datetime) -> User:
    """Returns the user as they were read before the password was checked.

    Raises `InvalidCredentialsError` whether the account exists or not; to who knows the password
    `AccountSuspendedError`.
    """
    user = _user_by(email, password)
    if user is None:
        _failure_noted(email, now)
        raise InvalidCredentialsError
    if not user.is_active:
        raise AccountSuspendedError
    return user


def _failure_noted(email: str, now: dt.datetime) -> None:
    """Of an unknown account nothing is kept: people type passwords into the wrong field."""
    user = User.objects.filter(email_key=address_key(email)).first()
    user_id = ObjectId(str(user.pk)) if user else None
    security_event(Kind.LOGIN_FAILED, user_id=user_id, now=now, details={"door": "api"})


def user_log_in(
    *,
    user_type: UserType,
    email: str,
    password: str,
    device: Device,
    now: dt.datetime,
    code: str = "",
    passkey: Assertion | None = None,
) -> SessionReply:
    """Logs a program in. Raises what `user_authenticated` and `session_begin` raise, and
    `WrongSideError`."""
    user = user_authenticated(email=email, password=password, now=now)
    if user_type not in (user.roles or [user.user_type]):
        raise WrongSideError(user_type=user.user_type)
    begun = session_begin(
        user=user, kind=LogInKind.PROGRAM, device=device, now=now, code=code, passkey=passkey
    )
    return begun.reply


def _user_by(email: str, password: str) -> User | None:
    """Returns whose password it is, the confirmed account first. An address has two accounts where
    somebody registered with one that is confirmed; the time must not tell how many there are."""
    key, found = address_key(email), None
    users = [*User.objects.filter(requested_key=key), *User.objects.filter(email_key=key)]
    for user in [*users, *[None] * (CHECKS - len(users))]:
        if check_password(password, _hash_of(user)) and user:
            found = user
            if user.email_verified_at:
                break
    return found


def _hash_of(user: User | None) -> str:
    return user.password if user and is_password_usable(user.password) else NOBODYS
