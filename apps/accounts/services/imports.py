"""Users that imports and demo data bring: stored as they are, without a registration, and with
addresses that count as confirmed. Those of imports are at a domain that can never exist."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bson import ObjectId
from django.contrib.auth.hashers import make_password

from apps.accounts.enums import UserType
from apps.accounts.models import identity_normalised
from apps.accounts.rows import UserRow, users
from apps.common.addresses import address_key


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
    known = users.find({"_id": {"$in": list(by_id)}}, {"_id": 1})
    missing = by_id.keys() - {row["_id"] for row in known}
    if missing:
        shared = None if password is None else make_password(password)
        rows = [
            _row(user, shared or make_password(None), now)
            for key, user in by_id.items()
            if key in missing
        ]
        users.insert_many(rows)
    return len(missing)


def users_keep_active(user_ids: Collection[ObjectId]) -> set[ObjectId]:
    """Is `user_keep_active` for many, in the transaction in which an import offers something of
    theirs. Returns those that are suspended."""
    if not user_ids:
        return set()
    query = {"_id": {"$in": list(user_ids)}}
    users.update_many({**query, "is_active": True}, {"$inc": {"deals": 1}})
    return set(users.distinct("_id", {**query, "is_active": False}))


def _row(user: NewUser, password_hash: str, now: dt.datetime) -> UserRow:
    return {
        "_id": user.id,
        "password_hash": password_hash,
        "last_login": None,
        "is_superuser": user.is_admin,
        "username": identity_normalised(user.username),
        "email": user.email,
        "email_key": address_key(user.email),
        "email_verified_at": now,
        "requested_email": "",
        "requested_key": "",
        "user_type": user.user_type.value,
        "roles": [user.user_type.value],
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
        "deals": 0,
        "erase_at": None,
        "erased_at": None,
        "source_id": user.source_id,
        "token_generation": 0,
        "ended_tokens": [],
        "known_devices": None,
        "created_at": user.created_at,
        "updated_at": now,
    }
