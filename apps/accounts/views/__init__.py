"""Registration, log-in and profile of each side, and the sessions of an account."""

from apps.accounts.views.log_ins import SessionListView
from apps.accounts.views.sides import TokenScheme, auth_urls, profile_urls

__all__ = ["SessionListView", "TokenScheme", "auth_urls", "profile_urls"]
