"""Who is calling, and what staff may do. A principal is what a token says plus what the database
confirms."""

from dataclasses import dataclass
from typing import Any, Literal, cast

from bson import ObjectId
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.common.errors import ForbiddenError, WrongUserTypeError


class StaffSecondFactorError(ForbiddenError):
    code = "SECOND_FACTOR_REQUIRED"
    sentence = "Staff act with a token of a log-in with second factor. Log in again with your code."


class StaffOnlyError(ForbiddenError):
    sentence = "This is for staff whose role allows it."


@dataclass(frozen=True)
class Principal:
    """`rights` are what this person may do as staff (`bookings.view_booking`), none for all others;
    superusers may do everything. With `lacks_second_factor` they count only after a log-in with
    the second factor."""

    id: ObjectId
    user_type: Literal["traveler", "owner"]
    roles: frozenset[str] = frozenset()
    first_name: str = ""
    session_id: str = ""
    is_superuser: bool = False
    rights: frozenset[str] = frozenset()
    lacks_second_factor: bool = False
    is_authenticated: bool = True

    def may(self, right: str) -> bool:
        """Whether they may do it as staff. Raises `StaffSecondFactorError` if only that lacks."""
        if not self.is_superuser and right not in self.rights:
            return False
        if self.lacks_second_factor:
            raise StaffSecondFactorError
        return True


class Anonymous:
    id = None
    user_type = None
    is_authenticated = False


def caller(request: Request) -> Principal:
    """The principal behind a request that a permission has let through."""
    return cast("Principal", request.user)


class _IsUserType(BasePermission):
    user_type = ""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        user = caller(request)
        if self.user_type not in user.roles:
            raise WrongUserTypeError(needed=_a(self.user_type), actual=_a(user.user_type))
        return True


def _a(user_type: str) -> str:
    return f"an {user_type}" if user_type == "owner" else f"a {user_type}"


class IsTraveler(_IsUserType):
    user_type = "traveler"


class IsOwner(_IsUserType):
    user_type = "owner"


class HasRight(BasePermission):
    """Lets staff through by a right, and nobody else."""

    right = ""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        if not caller(request).may(self.right):
            raise StaffOnlyError
        return True
