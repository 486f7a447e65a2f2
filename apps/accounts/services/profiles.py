"""What users change about themselves."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId
from django.core.files.base import File

from apps.accounts import media
from apps.accounts.rows import UserRow, users
from apps.accounts.selectors import UserUnknownError
from apps.common.images import reencode


def user_update(*, user_id: ObjectId, changes: Mapping[str, Any], now: dt.datetime) -> None:
    """Changes what `changes`, validated by `UserUpdateSerializer`, names; all else stays."""
    own = {name: value for name, value in changes.items() if name != "profile"}
    profile = {f"profile.{name}": value for name, value in changes.get("profile", {}).items()}
    user_set(user_id, {**own, **profile}, now)


def profile_picture_set(*, user_id: ObjectId, upload: File, now: dt.datetime) -> None:
    """Raises what `apps.common.images.reencode` raises; then the old picture stays."""
    url = media.picture_store(user_id, reencode(upload, widths=media.WIDTHS, user_id=user_id))
    _picture_replace(user_id, url, now)


def profile_picture_remove(*, user_id: ObjectId, now: dt.datetime) -> None:
    _picture_replace(user_id, "", now)


def _picture_replace(user_id: ObjectId, url: str, now: dt.datetime) -> None:
    before = user_set(user_id, {"profile.profile_picture": url}, now)
    media.picture_delete(user_id, (before.get("profile") or {}).get("profile_picture", ""))


def user_set(user_id: ObjectId, values: Mapping[str, Any], now: dt.datetime) -> UserRow:
    """Returns the user as it was before. Raises `UserUnknownError`."""
    update = {"$set": {**values, "updated_at": now}}
    before = users.find_one_and_update({"_id": user_id}, update)
    if before is None:
        raise UserUnknownError
    return before
