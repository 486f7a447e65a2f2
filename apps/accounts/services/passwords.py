"""Passwords: how strong one must be, a change by who knows it, a reset by who reads the e-mails."""

import datetime as dt

from bson import ObjectId
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from apps.accounts.enums import LinkPurpose
from apps.accounts.hashers import password_normalised
from apps.accounts.models import User
from apps.accounts.rows import users
from apps.accounts.services.links import (
    LinkInvalidError,
    link_create,
    link_read,
    link_use,
    links_end,
)
from apps.accounts.services.mail import account_mail
from apps.accounts.services.token_ends import tokens_end
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo
from apps.common.addresses import address_key
from apps.common.errors import InvalidInputError

BY_PASSWORD = (LinkPurpose.RESET, LinkPurpose.CHANGE)


class WeakPasswordError(InvalidInputError):
    sentence = "{first}"

    def __init__(self, sentences: list[str], *, field: str = "password") -> None:
        super().__init__(first=sentences[0], fields={field: sentences})


class WrongPasswordError(InvalidInputError):
    code = "WRONG_PASSWORD"
    field = "current_password"
    sentence = "This is not your current password."


def strength_check(password: str, user: User, *, field: str = "password") -> None:
    """Raises `WeakPasswordError`."""
    try:
        validate_password(password_normalised(password), user)
    except ValidationError as error:
        raise WeakPasswordError(error.messages, field=field) from error


def password_confirmed(user_id: ObjectId, password: str) -> User:
    """Returns the user, whose password it is. Raises `WrongPasswordError`."""
    user = User.objects.get(pk=str(user_id))
    if not check_password(password, user.password):
        raise WrongPasswordError
    return user


def password_change(
    *,
    user_id: ObjectId,
    current_password: str,
    new_password: str,
    session_id: str = "",
    now: dt.datetime,
) -> None:
    """Ends all tokens and sessions but `session_id`, and tells the person by e-mail.

    Raises `WrongPasswordError` and `WeakPasswordError`.
    """
    user = password_confirmed(user_id, current_password)
    strength_check(new_password, user, field="new_password")
    password_hash = make_password(new_password)
    mongo.run_in_transaction(
        lambda: _set(user, password_hash, Kind.PASSWORD_CHANGED, keep=session_id, now=now)
    )


def password_forgotten(*, email: str, now: dt.datetime) -> None:
    """E-mails a link to who has this address. Whether anybody has cannot be seen from outside:
    the same is stored for nobody."""

    def transaction() -> None:
        user = users.find_one({"email_key": address_key(email), "is_active": True})
        user_id = user["_id"] if user else ObjectId()
        address = user["email"] if user else ""
        nonce = link_create(user_id=user_id, purpose=LinkPurpose.RESET, address=address, now=now)
        if user:
            account_mail().request(
                kind="reset_password", user_id=user_id, address=address, nonce=nonce, now=now
            )

    mongo.run_in_transaction(transaction)


def password_reset(*, token: str, password: str, now: dt.datetime) -> None:
    """Who opens the link has the address too, so it counts as confirmed.

    Raises `LinkInvalidError` and `WeakPasswordError`.
    """
    purposes = (LinkPurpose.RESET,)
    link = link_read(token=token, purposes=purposes, now=now)
    user = User.objects.filter(pk=str(link["user_id"]), is_active=True).first()
    if user is None:
        raise LinkInvalidError
    strength_check(password, user)
    password_hash = make_password(password)

    def transaction() -> None:
        link_use(token=token, purposes=purposes, now=now)
        still = {"_id": link["user_id"], "email": link["address"], "email_verified_at": None}
        users.update_one(still, {"$set": {"email_verified_at": now}})
        _set(user, password_hash, Kind.PASSWORD_RESET, keep="", now=now)

    mongo.run_in_transaction(transaction)


def _set(user: User, password_hash: str, kind: Kind, *, keep: str, now: dt.datetime) -> None:
    user_id = ObjectId(str(user.pk))
    security_event(kind, user_id=user_id, now=now)
    users.update_one({"_id": user_id}, {"$set": {"password_hash": password_hash}})
    tokens_end(user_id=user_id, now=now, keep=keep)
    links_end(user_id, BY_PASSWORD)
    account_mail().request(kind="password_changed", user_id=user_id, address=user.email, now=now)
