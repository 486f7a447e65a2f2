"""Registration, log-in and profile of each side; sessions, second factor and life of an account."""

from apps.accounts.views.browser_sessions import (
    BrowserSessionView,
    LogOutView,
    SessionRefreshView,
    check_page,
    session_response,
)
from apps.accounts.views.exports import DataExportFileView, DataExportView
from apps.accounts.views.keys import PublicKeysView
from apps.accounts.views.leaving import AccountView
from apps.accounts.views.log_ins import SessionListView, SessionView
from apps.accounts.views.passkeys import (
    PasskeyBeginView,
    PasskeyChallengeView,
    PasskeyListView,
    PasskeySessionView,
    PasskeyView,
)
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
from apps.accounts.views.second_factor import (
    SecondFactorBeginView,
    SecondFactorConfirmView,
    SecondFactorOffView,
    SecondFactorView,
)
from apps.accounts.views.sides import TokenScheme, auth_urls, profile_urls

__all__ = [
    "AccountView",
    "BrowserSessionView",
    "DataExportFileView",
    "DataExportView",
    "EmailView",
    "ForgottenPasswordView",
    "LogOutView",
    "PasskeyBeginView",
    "PasskeyChallengeView",
    "PasskeyListView",
    "PasskeySessionView",
    "PasskeyView",
    "PasswordView",
    "PublicKeysView",
    "ResetPasswordView",
    "RestoreAddressView",
    "RoleView",
    "SecondFactorBeginView",
    "SecondFactorConfirmView",
    "SecondFactorOffView",
    "SecondFactorView",
    "SessionListView",
    "SessionRefreshView",
    "SessionView",
    "TokenScheme",
    "VerifyAgainView",
    "VerifyView",
    "auth_urls",
    "check_page",
    "profile_urls",
    "session_response",
]
