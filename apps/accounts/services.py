import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bson import ObjectId
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import IntegrityError

from apps.accounts import media
from apps.accounts.enums import UserType
from apps.accounts.models import User, identity_normalised
from apps.accounts.selectors import preference_defaults
from apps.common import mongo
from apps.common.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotAuthenticatedError,
    NotFoundError,
)
from apps.common.images import reencode


def user_register(
    *,
    user_type: UserType,
    username: str,
    email: str,
    password: str,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
) -> User:
    """Raises `InvalidInputError` for a weak password, `ConflictError` for a taken identity."""
    user = User(
        user_type=user_type,
        username=username,
        email=email,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
    )
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInputError(error.messages[0], fields={"password": error.messages}) from error
    user.set_password(password)
    try:
        user.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(error, user) from error
    return user


def _taken(error: IntegrityError, user: User) -> ConflictError:
    if "index: email" in str(error.__cause__):
        return ConflictError(
            f"There is an account with the e-mail {user.email} already. Log in instead?",
            code="EMAIL_TAKEN",
        )
    return ConflictError(
        f"The user name {user.username} is taken. Choose another.", code="USERNAME_TAKEN"
    )


def user_authenticate(*, user_type: UserType, email: str, password: str) -> User:
    """Raises `NotAuthenticatedError` without telling whether the account exists."""
    user = User.objects.filter(email=identity_normalised(email)).first()
    if user is None or not user.is_active:
        make_password(password)  # the same work as for a known account
        raise _refused()
    if not check_password(password, user.password):
        raise _refused()
    if user.user_type != user_type:
        raise ForbiddenError(
            f"This is an account for {user.user_type}s: log in on the {user.user_type} side.",
            code="WRONG_USER_TYPE",
        )
    return user


def _refused() -> NotAuthenticatedError:
    return NotAuthenticatedError("The e-mail or the password is wrong.", code="INVALID_CREDENTIALS")


def user_update(*, user_id: ObjectId, changes: dict[str, Any], now: dt.datetime) -> None:
    """`changes` as `UserUpdateSerializer` gives them: what is not named stays."""
    own = {name: value for name, value in changes.items() if name != "profile"}
    profile = {f"profile.{name}": value for name, value in changes.get("profile", {}).items()}
    _user_set(user_id, {**own, **profile}, now)


def profile_picture_set(*, user_id: ObjectId, upload: File, now: dt.datetime) -> None:
    """Raises what `apps.common.images.reencode` raises; then the old picture stays."""
    url = media.picture_store(user_id, reencode(upload, widths=media.WIDTHS))
    _picture_replace(user_id, url, now)


def profile_picture_remove(*, user_id: ObjectId, now: dt.datetime) -> None:
    _picture_replace(user_id, "", now)


def _picture_replace(user_id: ObjectId, url: str, now: dt.datetime) -> None:
    before = _user_set(user_id, {"profile.profile_picture": url}, now)
    media.picture_delete(user_id, (before.get("profile") or {}).get("profile_picture", ""))


def _user_set(user_id: ObjectId, values: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    """The user as it was before."""
    before = mongo.collection("users").find_one_and_update(
        {"_id": user_id}, {"$set": {**values, "updated_at": now}}, session=mongo.session()
    )
    if before is None:
        raise NotFoundError("There is no such user.")
    return before


def preferences_save(*, user_id: ObjectId, values: dict[str, Any], now: dt.datetime) -> None:
    """Replaces all of them; what `values` does not name falls back to its default."""
    stored = {**preference_defaults(), **values, "updated_at": now}
    mongo.collection("preferences").replace_one({"_id": user_id}, stored, upsert=True)


def user_suspend(*, user_id: ObjectId, now: dt.datetime) -> None:
    """Ends the sessions too; tokens are refused from the next call on, which reads `is_active`.

    Raises `NotFoundError`, and `ConflictError` for one who is suspended already.
    """

    def transaction() -> None:
        if not _user_set(user_id, {"is_active": False}, now)["is_active"]:
            raise ConflictError("This user is suspended already.", code="ALREADY_SUSPENDED")
        mongo.collection("sessions").delete_many({"user_id": user_id}, session=mongo.session())

    mongo.run_in_transaction(transaction)


def user_restore(*, user_id: ObjectId, now: dt.datetime) -> None:
    """Raises `NotFoundError`, and `ConflictError` for one who is not suspended."""

    def transaction() -> None:
        if _user_set(user_id, {"is_active": True}, now)["is_active"]:
            raise ConflictError("This user is not suspended.", code="NOT_SUSPENDED")

    mongo.run_in_transaction(transaction)


def session_end(*, session_id: str) -> None:
    """Raises `NotFoundError` where it has ended already."""
    ended = mongo.collection("sessions").delete_one({"_id": session_id}, session=mongo.session())
    if not ended.deleted_count:
        raise NotFoundError("This session has ended already.")


@dataclass(frozen=True, kw_only=True)
class NewUser:
    id: ObjectId
    username: str
    email: str
    source_id: str
    created_at: dt.datetime
    user_type: UserType = UserType.OWNER
    first_name: str = ""
    last_name: str = ""
    is_admin: bool = False


def users_add(
    new_users: Iterable[NewUser], *, now: dt.datetime, password: str | None = None
) -> int:
    """Adds those whose id is not there yet, and returns how many; the others stay as they are.

    All get `password`; without one they cannot log in.
    """
    by_id = {user.id: user for user in new_users}
    known = mongo.collection("users").find(
        {"_id": {"$in": list(by_id)}}, {"_id": 1}, session=mongo.session()
    )
    missing = by_id.keys() - {row["_id"] for row in known}
    if missing:
        shared = None if password is None else make_password(password)
        rows = [
            _row(user, shared or make_password(None), now)
            for key, user in by_id.items()
            if key in missing
        ]
        mongo.collection("users").insert_many(rows, session=mongo.session())
    return len(missing)


def _row(user: NewUser, password_hash: str, now: dt.datetime) -> dict[str, Any]:
    return {
        "_id": user.id,
        "password_hash": password_hash,
        "last_login": None,
        "is_superuser": user.is_admin,
        "username": identity_normalised(user.username),
        "email": identity_normalised(user.email),
        "user_type": user.user_type.value,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "phone": "",
        "profile": {
            "about_me": "",
            "city": "",
            "country": "",
            "gender": "",
            "profile_picture": "",
            "languages": [],
        },
        "is_active": True,
        "is_staff": user.is_admin,
        "source_id": user.source_id,
        "created_at": user.created_at,
        "updated_at": now,
    }
