import datetime as dt

from bson import ObjectId

from apps.common.pagination import Page
from apps.common.replies import Paged
from apps.notifications.replies import FeedReply, NotificationReply
from apps.notifications.rows import notifications

SHOWN = ("kind", "variant", "values", "title", "body", "booking_id", "created_at", "read_at")
FIELDS = dict.fromkeys(SHOWN, 1)
NEWEST = [("created_at", -1), ("_id", -1)]


def notification_page(*, user_id: ObjectId, page: Page) -> FeedReply:
    query = {"user_id": user_id}
    found = notifications.find(query, FIELDS).sort(NEWEST).skip(page.skip).limit(page.per_page)
    results = [NotificationReply.of(row) for row in found]
    total = notifications.count(query, hint="user_newest")
    paged = Paged.of(results, page=page, total=total)
    return FeedReply(results=results, pagination=paged.pagination, unread=unread_count(user_id))


def unread_count(user_id: ObjectId) -> int:
    return notifications.count({"user_id": user_id, "read_at": None}, hint="user_unread")


def notification_was_read(notification_id: str) -> bool:
    return notifications.exists({"_id": notification_id, "read_at": {"$ne": None}})


def notifications_since(
    user_id: ObjectId, since: dt.datetime, *, limit: int
) -> list[NotificationReply]:
    """Returns them oldest first."""
    query = {"user_id": user_id, "created_at": {"$gte": since}}
    oldest = [(name, -direction) for name, direction in NEWEST]
    found = notifications.find(query, FIELDS).sort(oldest).limit(limit)
    return [NotificationReply.of(row) for row in found]
