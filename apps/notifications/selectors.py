import datetime as dt
from typing import Any

from bson import ObjectId

from apps.common.pagination import Page, paginated
from apps.events.notify import NotificationText, text_shown
from apps.notifications.documents import Notification

SHOWN = ("kind", "booking_id", "created_at", "read_at")
FIELDS = dict.fromkeys((*SHOWN, "variant", "values", "title", "body"), 1)
NEWEST = [("created_at", -1), ("_id", -1)]


def item(row: dict[str, Any]) -> dict[str, Any]:
    text = text_shown(
        row["kind"],
        row.get("variant") or "",
        row.get("values") or {},
        stored=NotificationText(row["title"], "", row["body"]),
    )
    shown = {name: row.get(name) for name in SHOWN}
    return {"id": row["_id"], "title": text.title, "body": text.body, **shown}


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
