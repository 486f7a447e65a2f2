"""What ends tokens before their time: one, those of a session, or all of a user."""

import datetime as dt

from bson import ObjectId
from pymongo import ReturnDocument

from apps.accounts.rows import EndedTokenRow, log_ins, sessions, users
from apps.accounts.selectors import UserUnknownError
from apps.common import mongo

# Kept a little longer than the tokens live: clocks differ.
MARGIN = dt.timedelta(minutes=5)
MOST_ENDED = 100


def token_end(*, user_id: ObjectId, token: str, until: dt.datetime, now: dt.datetime) -> None:
    """Ends the tokens of one session, or one token by its `jti`; they would expire at `until`.

    The user's row remembers them, as every call reads it. Where it would remember too many, all
    tokens of the user end instead.
    """

    def transaction() -> None:
        user = users.find_one({"_id": user_id}, {"ended_tokens": 1})
        if user is None:
            return
        ended: EndedTokenRow = {"token": token, "until": until + MARGIN}
        kept = [e for e in user.get("ended_tokens", []) if e["until"].replace(tzinfo=dt.UTC) > now]
        if len(kept) >= MOST_ENDED:
            tokens_end(user_id=user_id, now=now)
        else:
            update = {"$set": {"ended_tokens": [*kept, ended]}}
            users.update_one({"_id": user_id}, update)

    mongo.run_in_transaction(transaction)


def tokens_end(*, user_id: ObjectId, now: dt.datetime, keep: str = "") -> None:
    """Ends every token and every session of a user, in the admin too, for good.

    The session `keep` goes on, as a browser whose access token is dead renews it. Raises
    `UserUnknownError`.
    """

    def transaction() -> None:
        update = {"$inc": {"token_generation": 1}, "$set": {"ended_tokens": [], "updated_at": now}}
        after = users.find_one_and_update(
            {"_id": user_id}, update, return_document=ReturnDocument.AFTER
        )
        if after is None:
            raise UserUnknownError
        others = {"user_id": user_id, "ended_at": None, "_id": {"$ne": keep}}
        log_ins.update_many(others, {"$set": {"ended_at": now}})
        generation = after["token_generation"]
        mine = {"_id": keep, "user_id": user_id, "ended_at": None}
        log_ins.update_one(mine, {"$set": {"generation": generation}})
        sessions.delete_many({"user_id": user_id, "_id": {"$ne": keep}})

    mongo.run_in_transaction(transaction)
