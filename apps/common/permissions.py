"""Who is calling. A principal is what a token says plus what the database confirms."""

from dataclasses import dataclass
from typing import Any, Literal, cast

from bson import ObjectId
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.common.errors import WrongUserTypeError


@dataclass(frozen=True)
class Principal:
    id: ObjectId
    user_type: Literal["traveler", "owner"]
    first_name: str = ""
    is_staff: bool = False
    session_id: str = ""
    is_authenticated: bool = True


class Anonymous:
    id = None
    user_type = None
    is_staff = False
    is_authenticated = False


def caller(request: Request) -> Principal:
    """The principal behind a request that a permission has let through."""
    return cast("Principal", request.user)


class _IsUserType(BasePermission):
    user_type = ""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        user_type = caller(request).user_type
        if user_type != self.user_type:
            raise WrongUserTypeError(needed=_a(self.user_type), actual=_a(user_type))
        return True


def _a(user_type: str) -> str:
    return f"an {user_type}" if user_type == "owner" else f"a {user_type}"


class IsTraveler(_IsUserType):
    user_type = "traveler"


class IsOwner(_IsUserType):
    user_type = "owner"
