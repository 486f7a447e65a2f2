"""Registration, log-in and profile of each side; sessions and second factor of an account."""

from apps.accounts.views.log_ins import SessionListView
from apps.accounts.views.second_factor import (
    SecondFactorBeginView,
    SecondFactorConfirmView,
    SecondFactorOffView,
    SecondFactorView,
)
from apps.accounts.views.sides import TokenScheme, auth_urls, profile_urls

__all__ = [
    "SecondFactorBeginView",
    "SecondFactorConfirmView",
    "SecondFactorOffView",
    "SecondFactorView",
    "SessionListView",
    "TokenScheme",
    "auth_urls",
    "profile_urls",
]
