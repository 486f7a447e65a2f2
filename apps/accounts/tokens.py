"""Signs and verifies RS256 tokens. A key is parsed once a process: that costs more than signing."""

import datetime as dt
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError
from rest_framework_simplejwt.tokens import AccessToken

from apps.accounts.models import User
from apps.common.errors import NotAuthenticatedError


class InvalidTokenError(NotAuthenticatedError):
    sentence = "The token is not valid or has expired. Log in again."


@cache
def _backend() -> TokenBackend:
    options: dict[str, Any] = settings.SIMPLE_JWT
    private = load_pem_private_key(str(options["SIGNING_KEY"]).encode(), password=None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError("JWT_SECRET_KEY must be the PEM of an RSA private key.")
    return TokenBackend(
        options["ALGORITHM"],
        signing_key=private,  # type: ignore[arg-type]
        verifying_key=private.public_key(),  # type: ignore[arg-type]
        audience=options["AUDIENCE"],
        issuer=options["ISSUER"],
    )


class UserToken(AccessToken):
    @property
    def token_backend(self) -> TokenBackend:
        return _backend()


def token_issue(user: User) -> tuple[str, dt.datetime]:
    """Returns the encoded token and the instant it expires."""
    token = UserToken()
    token["sub"] = str(user.pk)
    token["user_type"] = user.user_type
    return str(token), dt.datetime.fromtimestamp(token["exp"], dt.UTC)


def token_claims(encoded: str) -> dict[str, Any]:
    """Raises `InvalidTokenError` for a token that is broken, foreign or expired."""
    try:
        return _backend().decode(encoded)  # type: ignore[arg-type]
    except TokenBackendError as error:
        raise InvalidTokenError from error
