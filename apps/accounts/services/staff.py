"""The groups of staff, as `apps.accounts.staff_roles` has them, and the first of their members."""

import datetime as dt
from typing import Any, ClassVar

from bson import ObjectId
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError

from apps.accounts.models import User
from apps.accounts.services.passwords import WeakPasswordError, strength_check
from apps.accounts.staff_roles import ADMINISTRATOR, ROLES
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo
from apps.common.addresses import AddressError, address_checked
from apps.common.errors import ConflictError, InvalidInputError


class AdministratorInvalidError(InvalidInputError):
    sentence = "{first}"
    sample: ClassVar = {"first": "This password is too common."}


class AdministratorTakenError(ConflictError):
    sentence = "An account has this e-mail or user name already. Use another one."


def staff_roles_ensure(**_: Any) -> None:
    """Makes each role's group allow exactly what the table says; other groups stay as they are.

    Runs at the end of each `migrate`, which makes the permissions of one app after the other.
    """
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    stored = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, rights in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set([stored[right] for right in sorted(rights)])


def administrator_create(*, email: str, username: str, password: str, now: dt.datetime) -> None:
    """Adds an account of staff in the group of administrators; it is no guest and no host.

    Raises `AdministratorInvalidError` or `AdministratorTakenError`.
    """
    user = User(email=email, username=username, is_staff=True, email_verified_at=now)
    try:
        address_checked(email)
        strength_check(password, user)
    except AddressError as error:
        raise AdministratorInvalidError(first=str(error)) from error
    except WeakPasswordError as error:
        raise AdministratorInvalidError(first=error.message) from error
    user.set_password(password)

    def transaction() -> None:
        user.save(force_insert=True)
        user.groups.add(Group.objects.get(name=ADMINISTRATOR))
        security_event(Kind.ADMINISTRATOR_CREATED, user_id=ObjectId(str(user.pk)), now=now)

    try:
        mongo.run_in_transaction(transaction)
    except IntegrityError as error:
        raise AdministratorTakenError from error
