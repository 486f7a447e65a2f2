"""Registration. What it answers and stores is the same whether or not somebody has the address:
docs/decisions/0043."""

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from bson import ObjectId
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError

from apps.accounts.enums import LinkPurpose, LogInKind, UserType
from apps.accounts.models import User
from apps.accounts.replies import SessionReply
from apps.accounts.services.addresses import account_exists_mail, address_claim, link_mail
from apps.accounts.services.devices import Device
from apps.accounts.services.log_ins import session_begin
from apps.accounts.services.passwords import strength_check
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo
from apps.common.errors import ConflictError


class UsernameTakenError(ConflictError):
    code = "USERNAME_TAKEN"
    sentence = "The user name {username} is taken. Choose another."
    sample: ClassVar = {"username": "ann.lee"}


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
    """Stores the user, logs them in and e-mails a link by which they confirm the address. Who has
    the address already gets an e-mail that says so instead.

    Raises `WeakPasswordError` or `UsernameTakenError`.
    """
    fields = {
        "user_type": user_type,
        "username": username,
        "email": email,
        "first_name": first_name,
        "last_name": last_name,
        "phone": phone,
    }
    strength_check(password, User(**fields))
    fields["password"] = make_password(password)
    try:
        user = mongo.run_in_transaction(lambda: _stored(fields, now))
    except IntegrityError as error:
        if "index: username" not in str(error.__cause__):
            raise
        raise UsernameTakenError(username=username) from error
    return session_begin(user=user, kind=LogInKind.PROGRAM, device=device, now=now).reply


def _stored(fields: Mapping[str, str], now: dt.datetime) -> User:
    user, address = User(id=ObjectId(), **fields), fields["email"]
    owner = address_claim(user)
    user.save(force_insert=True)
    user_id = ObjectId(str(user.pk))
    security_event(Kind.REGISTERED, user_id=user_id, now=now)
    if owner is None:
        link_mail(user_id, LinkPurpose.VERIFY, address, now)
    else:
        account_exists_mail(owner, now)
    return user
