"""Registration, log-in and profile of each side; sessions and second factor of an account."""

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
    "LogOutView",
    "PublicKeysView",
    "SecondFactorBeginView",
    "SecondFactorConfirmView",
    "SecondFactorOffView",
    "SecondFactorView",
    "SessionListView",
    "SessionRefreshView",
    "SessionView",
    "TokenScheme",
    "auth_urls",
    "check_page",
    "profile_urls",
    "session_response",
]
