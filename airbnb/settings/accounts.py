"""Accounts, passwords, tokens, sessions and cookies."""

from datetime import timedelta
from typing import Any

from airbnb.settings.environment import IS_PRODUCTION, secret

SESSION_ENGINE = "apps.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
LOGIN_REDIRECT_URL = "/admin/"
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["apps.common.password_hasher.BoundedBCryptSHA256PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIMPLE_JWT: dict[str, Any] = {
    "ALGORITHM": "RS256",
    "SIGNING_KEY": secret("JWT_SECRET_KEY"),
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=24),
    "AUDIENCE": "airbnb-api",
    "ISSUER": "airbnb",
}
