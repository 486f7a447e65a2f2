from typing import Any

from bson import ObjectId
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from apps.accounts.selectors import user_access
from apps.accounts.tokens import token_claims
from apps.common.errors import NotAuthenticatedError
from apps.common.permissions import Principal


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
        if user is None or not user["is_active"]:
            raise NotAuthenticatedError("This account is not active any more.")
        principal = Principal(
            id=user["_id"],
            user_type=user["user_type"],
            first_name=user.get("first_name", ""),
            is_staff=user.get("is_staff", False),
        )
        return principal, claims

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
