import datetime as dt
from typing import Any

from bson import ObjectId

from apps.common.pagination import Page, paginated
from apps.notifications.documents import Notification

FIELDS = {"kind": 1, "title": 1, "body": 1, "booking_id": 1, "created_at": 1, "read_at": 1}
NEWEST = [("created_at", -1), ("_id", -1)]


def item(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["_id"], **{name: row.get(name) for name in FIELDS}}


def notification_page(*, user_id: ObjectId, page: Page) -> dict[str, Any]:
    feed = Notification._get_collection()
    query = {"user_id": user_id}
    found = feed.find(query, FIELDS).sort(NEWEST).skip(page.skip).limit(page.per_page)
    results = [item(row) for row in found]
    total = feed.count_documents(query, hint="user_newest")
    unread = unread_count(user_id)
    return {**paginated(results, page=page, total=total), "unread": unread}


def unread_count(user_id: ObjectId) -> int:
    feed = Notification._get_collection()
    return feed.count_documents({"user_id": user_id, "read_at": None}, hint="user_unread")


def notifications_since(
    user_id: ObjectId, since: dt.datetime, *, limit: int
) -> list[dict[str, Any]]:
    """Oldest first."""
    query = {"user_id": user_id, "created_at": {"$gte": since}}
    oldest = [(name, -way) for name, way in NEWEST]
    found = Notification._get_collection().find(query, FIELDS).sort(oldest).limit(limit)
    return [item(row) for row in found]
