"""What this app keeps of a person. Its part comes last: with the row of the account its erasure is
over."""

import datetime as dt
from types import MappingProxyType

from bson import ObjectId

from apps.accounts import media
from apps.accounts.rows import users
from apps.accounts.services.leaving import account_forget
from apps.common.parts import Part


class AccountsPart(Part):
    keeps = MappingProxyType(
        {
            "users._id": "stays: bookings name it; name, e-mail, phone and profile are erased",
            "users.email": "erased, and free for a new account",
            "users.username": "erased, and free for a new account",
            "preferences._id": "deleted",
            "sessions.user_id": "deleted",
            "log_ins.user_id": "deleted",
            "log_ins.address": "deleted",
        }
    )

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        user = users.find_one({"_id": user_id}, {"profile.profile_picture": 1})
        profile = user.get("profile") if user else None
        if profile:
            media.picture_delete(user_id, profile.get("profile_picture", ""))
        account_forget(user_id, now=now)


PART = AccountsPart()
