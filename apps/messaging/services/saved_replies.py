"""Texts that a host keeps to send them again."""

import datetime as dt
from typing import ClassVar

from bson import ObjectId
from pymongo import ReturnDocument

from apps.common.errors import ConflictError, NotFoundError
from apps.messaging.replies import SavedReplyReply
from apps.messaging.rows import SavedReplyRow, saved_replies

MOST = 50


class SavedReplyUnknownError(NotFoundError):
    sentence = "You have no such saved reply."


class TooManySavedRepliesError(ConflictError):
    code = "TOO_MANY_SAVED_REPLIES"
    sentence = "You have {count} saved replies. Delete one to add another."
    sample: ClassVar = {"count": MOST}


def saved_reply_add(
    *, host_id: ObjectId, title: str, text: str, now: dt.datetime
) -> SavedReplyReply:
    """Raises `TooManySavedRepliesError`."""
    if saved_replies.count({"host_id": host_id}, hint="host") >= MOST:
        raise TooManySavedRepliesError(count=MOST)
    row: SavedReplyRow = {
        "_id": ObjectId(),
        "host_id": host_id,
        "title": title,
        "text": text,
        "updated_at": now,
    }
    saved_replies.insert_one(row)
    return SavedReplyReply.of(row)


def saved_reply_change(
    *, reply_id: ObjectId, host_id: ObjectId, title: str, text: str, now: dt.datetime
) -> SavedReplyReply:
    """Raises `SavedReplyUnknownError`."""
    changed = saved_replies.find_one_and_update(
        {"_id": reply_id, "host_id": host_id},
        {"$set": {"title": title, "text": text, "updated_at": now}},
        return_document=ReturnDocument.AFTER,
    )
    if changed is None:
        raise SavedReplyUnknownError
    return SavedReplyReply.of(changed)


def saved_reply_delete(*, reply_id: ObjectId, host_id: ObjectId) -> None:
    """Raises `SavedReplyUnknownError`."""
    if not saved_replies.delete_one({"_id": reply_id, "host_id": host_id}).deleted_count:
        raise SavedReplyUnknownError
