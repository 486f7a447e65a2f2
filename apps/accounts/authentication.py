from typing import Any

from bson import ObjectId
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from apps.accounts.selectors import user_access
from apps.accounts.tokens import token_claims
from apps.common.errors import NotAuthenticatedError
from apps.common.permissions import Principal


class AccountInactiveError(NotAuthenticatedError):
    sentence = "This account is no longer active."


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; the account must still be active. `request.auth` is what
    the token says."""

    def authenticate(self, request: Request) -> tuple[Principal, dict[str, Any]] | None:
        scheme, _, encoded = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or not encoded:
            return None
        claims = token_claims(encoded.strip())
        subject = claims.get("sub")
        user = user_access(ObjectId(subject)) if ObjectId.is_valid(subject) else None
        if user is None or not user.is_active:
            raise AccountInactiveError
        principal = Principal(
            id=user.id,
            user_type=user.user_type,  # type: ignore[arg-type] # one of the two, as stored
            first_name=user.first_name,
            is_staff=user.is_staff,
            session_id=claims.get("sid", ""),
        )
        return principal, claims

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
