import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.common.errors import NotFoundError
from apps.common.middleware import request_id_current
from apps.common.trace import traceparent_current
from apps.notifications.documents import Notification
from apps.notifications.selectors import FIELDS, item


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
    """Puts the item into the feed, in the transaction that runs if one does; a repeated delivery
    leaves the first one as it is."""
    row = {
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
    Notification._get_collection().update_one(
        {"_id": notification_id}, {"$setOnInsert": row}, upsert=True, session=mongo.session()
    )


def notification_read(
    *, notification_id: str, user_id: ObjectId, now: dt.datetime
) -> dict[str, Any]:
    """Raises `NotFoundError` for another's item."""
    feed = Notification._get_collection()
    mine = {"_id": notification_id, "user_id": user_id}
    feed.update_one({**mine, "read_at": None}, {"$set": {"read_at": now}})
    found = feed.find_one(mine, FIELDS)
    if found is None:
        raise NotFoundError("There is no such notification.")
    return item(found)


def notification_read_all(*, user_id: ObjectId, now: dt.datetime) -> None:
    Notification._get_collection().update_many(
        {"user_id": user_id, "read_at": None}, {"$set": {"read_at": now}}
    )
