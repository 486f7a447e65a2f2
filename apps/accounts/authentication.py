from typing import Any, ClassVar, NamedTuple

from bson import ObjectId
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from apps.accounts.policies import may_unverified
from apps.accounts.selectors import Access, TokenProof, staff_rights, user_access
from apps.accounts.services import AccountSuspendedError
from apps.accounts.tokens import Claims, token_claims
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


class TokenSuspendedError(NotAuthenticatedError):
    """As `AccountSuspendedError`, for who was logged in before."""

    code = AccountSuspendedError.code
    sentence = AccountSuspendedError.sentence
    sample = AccountSuspendedError.sample

    def __init__(self) -> None:
        support = settings.SUPPORT_EMAIL
        super().__init__(support=support, details={"support_email": support})


class LoggedOutError(NotAuthenticatedError):
    sentence = "This log-in has been ended. Log in again."


class Credentials(NamedTuple):
    """`request.auth`: the token of a call, and what would end it before its time."""

    claims: Claims
    proof: TokenProof


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; the account must be active and the token not be ended.

    Both are read with every call, by one read: what ends a token ends it everywhere at once.
    """

    def authenticate(self, request: Request) -> tuple[Principal, Credentials] | None:
        scheme, _, encoded = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or not encoded:
            return None
        claims = token_claims(encoded.strip())
        user = user_access(claims.user_id)
        if user is None:
            raise AccountInactiveError
        if not user.is_active:
            raise TokenSuspendedError
        proof = TokenProof(claims.user_id, claims.jti, claims.sid, claims.gen)
        if not user.accepts(proof):
            raise LoggedOutError
        principal = Principal(
            id=user.id,
            user_type=user.user_type,  # type: ignore[arg-type] # one of the two, as stored
            roles=user.roles,
            first_name=user.first_name,
            session_id=claims.sid,
            is_superuser=user.is_superuser,
            rights=user.rights,
            lacks_second_factor=settings.REQUIRE_STAFF_SECOND_FACTOR and not claims.second_factor,
        )
        _check_verified(request, user)
        return principal, Credentials(claims, proof)

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class StaffBackend(ModelBackend):
    """Who somebody is in the admin, and what they may do there: the same rights as by the API."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or obj is not None or user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "rights_read"):
            user_obj.rights_read = set(staff_rights(ObjectId(user_obj.pk)))
        found: set[str] = user_obj.rights_read
        return found


def _check_verified(request: Request, user: Access) -> None:
    """Holds the table of `policies` against every call that is made with a token."""
    match = request.resolver_match
    if not user.is_verified and not may_unverified(
        str(request.method), match.route if match else ""
    ):
        raise EmailUnverifiedError(email=user.email)
