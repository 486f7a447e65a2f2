"""What proves who is calling: access tokens, the keys behind them, and the refresh tokens of
browsers. docs/decisions/0040 says why they are as they are."""

from apps.accounts.tokens.access import (
    BROWSER_LIFETIME,
    PROGRAM_LIFETIME,
    Claims,
    InvalidTokenError,
    UserToken,
    token_claims,
    token_issue,
)
from apps.accounts.tokens.keys import public_keys
from apps.accounts.tokens.refresh import RefreshToken, refresh_read, refresh_written

__all__ = [
    "BROWSER_LIFETIME",
    "PROGRAM_LIFETIME",
    "Claims",
    "InvalidTokenError",
    "RefreshToken",
    "UserToken",
    "public_keys",
    "refresh_read",
    "refresh_written",
    "token_claims",
    "token_issue",
]
