"""Signs and verifies access tokens: RS256, at most 24 hours."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Annotated, Any, Literal

import jwt
import msgspec
from bson import ObjectId
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from msgspec import Meta
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.tokens import AccessToken

from apps.accounts.models import User
from apps.accounts.tokens.keys import keys
from apps.common.errors import NotAuthenticatedError
from apps.common.json import read, readable

ALGORITHM = "RS256"
PROGRAM_LIFETIME = dt.timedelta(hours=24)
BROWSER_LIFETIME = dt.timedelta(minutes=10)
# Ours have some 700 characters; a longer one costs nothing but this look.
LONGEST = 4096
REQUIRED = ["exp", "iat", "jti", "sub", "aud", "iss", "token_type"]
# Until the year 36812: what no clock can show is no instant.
Seconds = Annotated[int, Meta(gt=0, lt=2**40)]
Text = Annotated[str, Meta(pattern=r"\A[!-~]{1,64}\Z")]


class InvalidTokenError(NotAuthenticatedError):
    sentence = "The token is not valid or has expired. Log in again."


@readable
class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What a verified token says, with nothing taken at another type than it is written with.

    `sid` is the session that the token belongs to, `gen` the generation of its user's tokens, and
    `amr` how they logged in (RFC 8176); tokens of before these were written lack them.
    """

    sub: Annotated[str, Meta(pattern=r"\A[0-9a-f]{24}\Z")]
    jti: Text
    exp: Seconds
    iat: Seconds
    aud: Text
    iss: Text
    token_type: Literal["access"]
    sid: Annotated[str, Meta(pattern=r"\A[!-~]{0,64}\Z")] = ""
    gen: Annotated[int, Meta(ge=0)] = 0
    amr: tuple[Text, ...] = ()

    @property
    def user_id(self) -> ObjectId:
        return ObjectId(self.sub)

    @property
    def second_factor(self) -> bool:
        return "otp" in self.amr

    @property
    def expires_at(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.exp, dt.UTC)


class _Signer(TokenBackend):
    """Names the key in the header, which the library does not."""

    def encode(self, payload: dict[str, Any]) -> str:
        whole = {**payload, "aud": self.audience, "iss": self.issuer}
        headers = {"kid": keys().kid}
        key = self.prepared_signing_key
        return jwt.encode(whole, key, algorithm=self.algorithm, headers=headers)


@cache
def _signer() -> _Signer:
    options = settings.SIMPLE_JWT
    signing = keys().signing
    if signing is None:
        raise RuntimeError("This role does not sign tokens: it has no JWT_SECRET_KEY.")
    return _Signer(
        ALGORITHM,
        signing_key=signing,  # type: ignore[arg-type]
        audience=options["AUDIENCE"],
        issuer=options["ISSUER"],
    )


class UserToken(AccessToken):
    @property
    def token_backend(self) -> TokenBackend:
        return _signer()


def token_issue(
    user: User,
    *,
    session_id: str = "",
    lifetime: dt.timedelta = PROGRAM_LIFETIME,
    second_factor: bool = False,
) -> tuple[str, dt.datetime]:
    """Returns the encoded token and the instant it expires.

    `user` is as it was read before its password was checked: a token that comes of a password
    which is changed meanwhile has the generation of before, and is dead.
    """
    token = UserToken()
    token.set_exp(lifetime=lifetime)
    token["sub"] = str(user.pk)
    token["user_type"] = user.user_type
    token["gen"] = user.token_generation
    token["amr"] = ["pwd", "otp"] if second_factor else ["pwd"]
    if session_id:
        token["sid"] = session_id
    return str(token), dt.datetime.fromtimestamp(token["exp"], dt.UTC)


def token_claims(encoded: str) -> Claims:
    """Raises `InvalidTokenError` for one that is broken, foreign, expired or no access token."""
    if len(encoded) > LONGEST:
        raise InvalidTokenError
    try:
        claims = read(_decoded(encoded), Claims)
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InvalidTokenError from error
    if claims.exp - claims.iat > PROGRAM_LIFETIME.total_seconds():
        raise InvalidTokenError
    return claims


def _decoded(encoded: str) -> dict[str, Any]:
    """`iat` is not compared: clocks differ, and what ends a token is `exp` and the database."""
    known = keys().verifying
    kid = jwt.get_unverified_header(encoded).get("kid")
    if kid is None:
        return _decoded_without_kid(encoded, known.values())
    if kid not in known:
        raise jwt.InvalidKeyError("There is no key of this id.")
    return _verified(encoded, known[kid])


def _decoded_without_kid(encoded: str, known: Iterable[RSAPublicKey]) -> dict[str, Any]:
    """Of before there were key ids: one of the keys may have signed it."""
    for key in known:
        with suppress(jwt.InvalidSignatureError):
            return _verified(encoded, key)
    raise jwt.InvalidSignatureError("None of the keys signed this.")


def _verified(encoded: str, key: RSAPublicKey) -> dict[str, Any]:
    options = settings.SIMPLE_JWT
    claims: dict[str, Any] = jwt.decode(
        encoded,
        key,
        algorithms=[ALGORITHM],
        audience=options["AUDIENCE"],
        issuer=options["ISSUER"],
        options={"require": REQUIRED, "strict_aud": True, "verify_iat": False},
    )
    return claims
