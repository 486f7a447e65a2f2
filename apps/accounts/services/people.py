"""What this app keeps of a person. Its part comes last: with the row of the account its erasure is
over."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bson import ObjectId

from apps.accounts import media
from apps.accounts.rows import log_ins, passkeys, preferences, users
from apps.accounts.services.exports import exports_delete
from apps.accounts.services.leaving import account_forget
from apps.common.parts import Part

# Secrets and counters of ours.
NOT_EXPORTED = {"password_hash": 0, "token_generation": 0, "ended_tokens": 0, "deals": 0}


class AccountsPart(Part):
    keeps = MappingProxyType(
        {
            "users._id": "stays: bookings name it; name, e-mail, phone and profile are erased",
            "users.email": "erased, and free for a new account",
            "users.email_key": "erased with the e-mail",
            "users.requested_email": "erased with the e-mail",
            "users.requested_key": "erased with the e-mail",
            "account_links.user_id": "deleted",
            "account_links.address": "deleted",
            "users.username": "erased, and free for a new account",
            "preferences._id": "deleted",
            "sessions.user_id": "deleted",
            "log_ins.user_id": "deleted",
            "log_ins.address": "deleted",
            "second_factors._id": "deleted",
            "passkeys.user_id": "deleted",
            "data_exports.user_id": "deleted with their files, after 7 days anyway",
        }
    )

    def export(self, user_id: ObjectId) -> Iterator[tuple[str, Any]]:
        yield "users", users.find_one({"_id": user_id}, NOT_EXPORTED)
        yield "preferences", list(preferences.find({"_id": user_id}))
        shown = {"device": 1, "address": 1, "created_at": 1, "used_at": 1, "ended_at": 1, "_id": 0}
        yield "log_ins", list(log_ins.find({"user_id": user_id}, shown))
        yield "passkeys", list(passkeys.find({"user_id": user_id}, {"public_key": 0, "_id": 0}))

    def files(self, user_id: ObjectId) -> Iterator[str]:
        user = users.find_one({"_id": user_id}, {"profile.profile_picture": 1})
        profile = user.get("profile") if user else None
        if profile and (name := media.picture_name(user_id, profile.get("profile_picture", ""))):
            yield name

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        user = users.find_one({"_id": user_id}, {"profile.profile_picture": 1})
        profile = user.get("profile") if user else None
        if profile:
            media.picture_delete(user_id, profile.get("profile_picture", ""))
        exports_delete(user_id=user_id)
        account_forget(user_id, now=now)


PART = AccountsPart()
