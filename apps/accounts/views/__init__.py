"""Registration, log-in and profile of each side, and the sessions of an account."""

from apps.accounts.views.log_ins import SessionListView
from apps.accounts.views.recovery import (
    EmailView,
    ForgottenPasswordView,
    PasswordView,
    ResetPasswordView,
    RestoreAddressView,
    RoleView,
    VerifyAgainView,
    VerifyView,
)
from apps.accounts.views.sides import TokenScheme, auth_urls, profile_urls

__all__ = [
    "EmailView",
    "ForgottenPasswordView",
    "PasswordView",
    "ResetPasswordView",
    "RestoreAddressView",
    "RoleView",
    "SessionListView",
    "TokenScheme",
    "VerifyAgainView",
    "VerifyView",
    "auth_urls",
    "profile_urls",
]
