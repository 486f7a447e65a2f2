"""Writes of accounts: registration, log-ins and their ends, addresses, passwords, profiles,
preferences, suspension and imports."""

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
from apps.accounts.services.challenges import (
    CHALLENGE_SECONDS,
    ChallengeOverError,
    ChallengesUnavailableError,
    challenge_new,
)
from apps.accounts.services.devices import Device, device_name
from apps.accounts.services.exports import (
    export_open,
    export_request,
    export_shown,
    exports_make,
)
from apps.accounts.services.identity import (
    CodeNeededError,
    PasskeyInvalidError,
    Proof,
    second_factor_end,
)
from apps.accounts.services.imports import NewUser, users_add, users_keep_active
from apps.accounts.services.leaving import account_leave, account_stay, accounts_erase
from apps.accounts.services.links import LIFETIMES, LinkInvalidError, link_token
from apps.accounts.services.log_ins import (
    Begun,
    LogInEndedError,
    LogInUnknownError,
    log_in_end,
    log_out,
    log_out_by_refresh,
    log_out_everywhere,
    session_begin,
    session_refresh,
)
from apps.accounts.services.login import (
    InvalidCredentialsError,
    WrongSideError,
    user_authenticated,
    user_log_in,
)
from apps.accounts.services.passkey_use import (
    PasskeyCopiedError,
    PasskeyUnknownError,
    PasskeyWrongError,
    user_by_passkey,
)
from apps.accounts.services.passkeys import (
    AttestationInvalidError,
    ChallengeInvalidError,
    PasskeyGoneError,
    PasskeyKnownError,
    TooManyPasskeysError,
    passkey_add,
    passkey_begin,
    passkey_end,
    passkey_remove,
    passkey_rename,
)
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
from apps.accounts.services.second_factor import (
    enrolment_begin,
    second_factor_begin,
    second_factor_check,
    second_factor_confirm,
    second_factor_remove,
)
from apps.accounts.services.staff import administrator_create, staff_roles_ensure
from apps.accounts.services.suspension import (
    AccountSuspendedError,
    session_end,
    user_keep_active,
    user_restore,
    user_suspend,
)
from apps.accounts.services.token_ends import token_end, tokens_end

__all__ = [
    "CHALLENGE_SECONDS",
    "LIFETIMES",
    "AccountSuspendedError",
    "AlreadyVerifiedError",
    "AttestationInvalidError",
    "Begun",
    "ChallengeInvalidError",
    "ChallengeOverError",
    "ChallengesUnavailableError",
    "CodeNeededError",
    "Device",
    "EmailTakenError",
    "InvalidCredentialsError",
    "LinkInvalidError",
    "LogInEndedError",
    "LogInUnknownError",
    "NewUser",
    "PasskeyCopiedError",
    "PasskeyGoneError",
    "PasskeyInvalidError",
    "PasskeyKnownError",
    "PasskeyUnknownError",
    "PasskeyWrongError",
    "Proof",
    "SameAddressError",
    "TooManyPasskeysError",
    "UsernameTakenError",
    "WeakPasswordError",
    "WrongPasswordError",
    "WrongSideError",
    "account_leave",
    "account_stay",
    "accounts_erase",
    "address_change",
    "address_confirm",
    "address_keys_fill",
    "address_restore",
    "administrator_create",
    "challenge_new",
    "device_name",
    "enrolment_begin",
    "export_open",
    "export_request",
    "export_shown",
    "exports_make",
    "link_token",
    "log_in_end",
    "log_out",
    "log_out_by_refresh",
    "log_out_everywhere",
    "passkey_add",
    "passkey_begin",
    "passkey_end",
    "passkey_remove",
    "passkey_rename",
    "password_change",
    "password_forgotten",
    "password_reset",
    "preferences_save",
    "profile_picture_remove",
    "profile_picture_set",
    "role_add",
    "second_factor_begin",
    "second_factor_check",
    "second_factor_confirm",
    "second_factor_end",
    "second_factor_remove",
    "session_begin",
    "session_end",
    "session_refresh",
    "staff_roles_ensure",
    "token_end",
    "tokens_end",
    "user_authenticated",
    "user_by_passkey",
    "user_keep_active",
    "user_log_in",
    "user_register",
    "user_restore",
    "user_suspend",
    "user_update",
    "users_add",
    "users_keep_active",
    "verification_send",
]
