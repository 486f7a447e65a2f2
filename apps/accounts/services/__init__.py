"""Writes of accounts: registration and login, profiles, preferences, suspension and imports."""

from apps.accounts.services.imports import NewUser, users_add
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
from apps.accounts.services.second_factor import (
    enrolment_begin,
    second_factor_begin,
    second_factor_check,
    second_factor_confirm,
    second_factor_end,
    second_factor_remove,
)
from apps.accounts.services.staff import administrator_create, staff_roles_ensure
from apps.accounts.services.suspension import session_end, user_restore, user_suspend

__all__ = [
    "EmailTakenError",
    "InvalidCredentialsError",
    "NewUser",
    "UsernameTakenError",
    "WrongSideError",
    "administrator_create",
    "enrolment_begin",
    "preferences_save",
    "profile_picture_remove",
    "profile_picture_set",
    "second_factor_begin",
    "second_factor_check",
    "second_factor_confirm",
    "second_factor_end",
    "second_factor_remove",
    "session_end",
    "staff_roles_ensure",
    "user_log_in",
    "user_register",
    "user_restore",
    "user_suspend",
    "user_update",
    "users_add",
]
