"""Writes of accounts: registration and login, profiles, preferences, suspension and imports."""

from apps.accounts.services.imports import NewUser, users_add
from apps.accounts.services.leaving import account_leave, account_stay, accounts_erase
from apps.accounts.services.login import (
    EmailTakenError,
    InvalidCredentialsError,
    UsernameTakenError,
    WrongSideError,
    user_log_in,
    user_register,
)
from apps.accounts.services.preferences import preferences_save
from apps.accounts.services.profiles import (
    profile_picture_remove,
    profile_picture_set,
    user_update,
)
from apps.accounts.services.suspension import (
    AccountSuspendedError,
    session_end,
    user_keep_active,
    user_restore,
    user_suspend,
)

__all__ = [
    "AccountSuspendedError",
    "EmailTakenError",
    "InvalidCredentialsError",
    "NewUser",
    "UsernameTakenError",
    "WrongSideError",
    "account_leave",
    "account_stay",
    "accounts_erase",
    "preferences_save",
    "profile_picture_remove",
    "profile_picture_set",
    "session_end",
    "user_keep_active",
    "user_log_in",
    "user_register",
    "user_restore",
    "user_suspend",
    "user_update",
    "users_add",
]
