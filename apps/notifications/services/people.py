"""What this app keeps of a person."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bson import ObjectId

from apps.common.parts import Part
from apps.notifications.rows import emails, notification_preferences, notifications


class NotificationsPart(Part):
    keeps = MappingProxyType(
        {
            "notifications.user_id": "deleted; MongoDB deletes them after 180 days anyway",
            "notification_preferences._id": "deleted",
            "emails.user_id": "deleted; MongoDB deletes them after 180 days anyway",
            "emails.address": "deleted with the e-mail",
            "emails.recipient": "deleted with the e-mail",
        }
    )

    def export(self, user_id: ObjectId) -> Iterator[tuple[str, Any]]:
        mine, ours = {"user_id": user_id}, {"request_id": 0, "traceparent": 0}
        yield "notifications", list(notifications.find(mine, ours))
        yield "notification_preferences", list(notification_preferences.find({"_id": user_id}))
        yield "emails", list(emails.find(mine, {**ours, "attempts": 0, "next_at": 0, "nonce": 0}))

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        del now
        notifications.delete_many({"user_id": user_id})
        notification_preferences.delete_one({"_id": user_id})
        emails.delete_many({"user_id": user_id})


PART = NotificationsPart()
