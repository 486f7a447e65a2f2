from typing import Any, ClassVar

from bson import ObjectId
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from apps.accounts.policies import may_unverified
from apps.accounts.selectors import Access, user_access
from apps.accounts.tokens import token_claims
from apps.common.errors import ForbiddenError, NotAuthenticatedError
from apps.common.permissions import Principal


class AccountInactiveError(NotAuthenticatedError):
    sentence = "This account is no longer active."


class EmailUnverifiedError(ForbiddenError):
    code = "EMAIL_UNVERIFIED"
    sentence = (
        "Confirm your e-mail address first: open the link that we sent to {email}, or have it sent "
        "again (POST /api/account/verify/resend)."
    )
    sample: ClassVar = {"email": "ann.lee@example.com"}


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
            roles=user.roles,
            first_name=user.first_name,
            is_staff=user.is_staff,
            session_id=claims.get("sid", ""),
        )
        _check_verified(request, user)
        return principal, claims

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _check_verified(request: Request, user: Access) -> None:
    """Holds the table of `policies` against every call that is made with a token."""
    match = request.resolver_match
    if not user.is_verified and not may_unverified(
        str(request.method), match.route if match else ""
    ):
        raise EmailUnverifiedError(email=user.email)
