import datetime as dt
from collections.abc import Mapping

from bson import ObjectId

from apps.common.errors import NotFoundError
from apps.common.middleware import request_id_current
from apps.common.trace import traceparent_current
from apps.notifications.replies import NotificationReply
from apps.notifications.rows import NotificationRow, notifications
from apps.notifications.selectors import FIELDS


class NotificationUnknownError(NotFoundError):
    sentence = "You have no such notification."


def notification_deliver(
    *,
    notification_id: str,
    user_id: ObjectId,
    kind: str,
    variant: str = "",
    values: Mapping[str, str] | None = None,
    title: str,
    body: str,
    booking_id: str,
    now: dt.datetime,
) -> None:
    """Puts the notification into the feed, in the running transaction if there is one; a repeated
    delivery leaves the first one as it is."""
    row: NotificationRow = {
        "_id": notification_id,
        "user_id": user_id,
        "kind": kind,
        "variant": variant,
        "values": dict(values or {}),
        "title": title,
        "body": body,
        "booking_id": booking_id,
        "created_at": now,
        "read_at": None,
        "request_id": request_id_current(),
        "traceparent": traceparent_current(),
    }
    notifications.update_one({"_id": notification_id}, {"$setOnInsert": row}, upsert=True)


def notification_read(
    *, notification_id: str, user_id: ObjectId, now: dt.datetime
) -> NotificationReply:
    """Raises `NotificationUnknownError`, also for another person's."""
    mine = {"_id": notification_id, "user_id": user_id}
    notifications.update_one({**mine, "read_at": None}, {"$set": {"read_at": now}})
    found = notifications.find_one(mine, FIELDS)
    if found is None:
        raise NotificationUnknownError
    return NotificationReply.of(found)


def notification_read_all(*, user_id: ObjectId, now: dt.datetime) -> None:
    unread = {"user_id": user_id, "read_at": None}
    notifications.update_many(unread, {"$set": {"read_at": now}})


def notifications_read_of_thread(*, user_id: ObjectId, thread_id: str, now: dt.datetime) -> None:
    """Marks what a person was notified of about a thread, which they have read."""
    unread = {"user_id": user_id, "read_at": None, "values.thread_id": thread_id}
    notifications.update_many(unread, {"$set": {"read_at": now}}, hint="user_unread")
