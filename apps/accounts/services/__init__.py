"""Writes of accounts: registration and login, addresses, passwords, profiles, imports and more."""

from apps.accounts.services.address_keys import address_keys_fill
from apps.accounts.services.addresses import (
    AlreadyVerifiedError,
    EmailTakenError,
    SameAddressError,
    address_change,
    address_confirm,
    address_restore,
    verification_send,
)
from apps.accounts.services.imports import NewUser, users_add
from apps.accounts.services.links import LIFETIMES, LinkInvalidError, link_token
from apps.accounts.services.login import InvalidCredentialsError, WrongSideError, user_log_in
from apps.accounts.services.passwords import (
    WeakPasswordError,
    WrongPasswordError,
    password_change,
    password_forgotten,
    password_reset,
)
from apps.accounts.services.preferences import preferences_save
from apps.accounts.services.profiles import (
    profile_picture_remove,
    profile_picture_set,
    user_update,
)
from apps.accounts.services.registration import UsernameTakenError, user_register
from apps.accounts.services.roles import role_add
from apps.accounts.services.suspension import session_end, user_restore, user_suspend

__all__ = [
    "LIFETIMES",
    "AlreadyVerifiedError",
    "EmailTakenError",
    "InvalidCredentialsError",
    "LinkInvalidError",
    "NewUser",
    "SameAddressError",
    "UsernameTakenError",
    "WeakPasswordError",
    "WrongPasswordError",
    "WrongSideError",
    "address_change",
    "address_confirm",
    "address_keys_fill",
    "address_restore",
    "link_token",
    "password_change",
    "password_forgotten",
    "password_reset",
    "preferences_save",
    "profile_picture_remove",
    "profile_picture_set",
    "role_add",
    "session_end",
    "user_log_in",
    "user_register",
    "user_restore",
    "user_suspend",
    "user_update",
    "users_add",
    "verification_send",
]
