"""Registration and login."""

import datetime as dt
from typing import ClassVar

from bson import ObjectId
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.accounts.enums import LogInKind, UserType
from apps.accounts.models import User, identity_normalised
from apps.accounts.replies import SessionReply
from apps.accounts.services.devices import Device
from apps.accounts.services.log_ins import session_begin
from apps.accounts.services.suspension import AccountSuspendedError
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotAuthenticatedError,
)


class WeakPasswordError(InvalidInputError):
    sentence = "{first}"

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(first=sentences[0], fields={"password": sentences})


class EmailTakenError(ConflictError):
    code = "EMAIL_TAKEN"
    sentence = "There is an account with the e-mail {email} already. Log in instead?"
    sample: ClassVar = {"email": "ann.lee@example.com"}


class UsernameTakenError(ConflictError):
    code = "USERNAME_TAKEN"
    sentence = "The user name {username} is taken. Choose another."
    sample: ClassVar = {"username": "ann.lee"}


class InvalidCredentialsError(NotAuthenticatedError):
    code = "INVALID_CREDENTIALS"
    sentence = "The e-mail or the password is wrong."


class WrongSideError(ForbiddenError):
    code = "WRONG_USER_TYPE"
    sentence = "This is an account for {user_type}s: log in on the {user_type} side."
    sample: ClassVar = {"user_type": "owner"}


def user_register(
    *,
    user_type: UserType,
    username: str,
    email: str,
    password: str,
    device: Device,
    now: dt.datetime,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
) -> SessionReply:
    """Stores the user and logs them in.

    Raises `WeakPasswordError`, `EmailTakenError` or `UsernameTakenError`.
    """
    user = User(
        user_type=user_type,
        username=username,
        email=email,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
    )
    _check_strength(password, user)
    user.set_password(password)
    try:
        user.save(force_insert=True)
    except IntegrityError as error:
        raise _identity_taken(error, user) from error
    return session_begin(user=user, kind=LogInKind.PROGRAM, device=device, now=now).reply


def _check_strength(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPasswordError(error.messages) from error


def _identity_taken(error: IntegrityError, user: User) -> ConflictError:
    if "index: email" in str(error.__cause__):
        return EmailTakenError(email=user.email)
    return UsernameTakenError(username=user.username)


def user_authenticated(*, email: str, password: str, now: dt.datetime) -> User:
    """Returns the user as they were read before the password was checked.

    Raises `InvalidCredentialsError` whether the account exists or not; to who knows the password
    `AccountSuspendedError`.
    """
    user = User.objects.filter(email=identity_normalised(email)).first()
    if user is None:
        make_password(password)  # the same work as for a known account
    elif check_password(password, user.password):
        if not user.is_active:
            raise AccountSuspendedError
        return user
    _failure_noted(user, now)
    raise InvalidCredentialsError


def _failure_noted(user: User | None, now: dt.datetime) -> None:
    """Of an unknown account nothing is kept: people type passwords into the wrong field."""
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
) -> SessionReply:
    """Logs a program in. Raises what `user_authenticated` and `session_begin` raise, and
    `WrongSideError`."""
    user = user_authenticated(email=email, password=password, now=now)
    if user.user_type != user_type:
        raise WrongSideError(user_type=user.user_type)
    begun = session_begin(user=user, kind=LogInKind.PROGRAM, device=device, now=now, code=code)
    return begun.reply
