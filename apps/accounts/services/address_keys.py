"""Gives accounts of before the key of their address, and finds those that have one mailbox."""

from collections.abc import Iterator
from typing import NamedTuple

from bson import ObjectId

from apps.accounts.replies import roles_of
from apps.accounts.rows import UserRow, users
from apps.accounts.services.addresses import nowhere
from apps.common.addresses import address_key

BEFORE = {"email_key": {"$in": ["", None]}}


class Clash(NamedTuple):
    """`user_id` has no key of its own, since an older account has the same mailbox."""

    user_id: ObjectId
    email: str

    def __str__(self) -> str:
        return f"{self.user_id} {self.email}: an older account has the same mailbox."


def address_keys_fill() -> list[Clash]:
    """Returns all that clash, those of earlier runs too. Can be repeated."""
    for user in users.find(BEFORE).sort("_id", 1):
        _fill(user)
    return list(_clashes())


def _fill(user: UserRow) -> None:
    key = address_key(user["email"])
    values = {
        "email_key": key,
        "email_verified_at": user.get("email_verified_at") or user["created_at"],
        "requested_key": "",
        "roles": sorted(roles_of(user)),
    }
    is_taken = users.exists({"email_key": key, "_id": {"$ne": user["_id"]}})
    if is_taken:
        is_second = not users.exists({"requested_key": key})
        values["email_key"] = nowhere(user["_id"])
        values["requested_key"] = key if is_second else ""
    users.update_one({"_id": user["_id"], **BEFORE}, {"$set": values})


def _clashes() -> Iterator[Clash]:
    """Theirs is the key of a placeholder, though their address is none."""
    placeholders = {"email_key": {"$regex": "@unclaimed\\.invalid$"}}
    for user in users.find(placeholders, {"email": 1, "email_key": 1}):
        if address_key(user["email"]) != user["email_key"]:
            yield Clash(user["_id"], user["email"])
