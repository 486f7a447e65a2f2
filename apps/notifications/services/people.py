"""What this app keeps of a person."""

import datetime as dt
from types import MappingProxyType

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
        }
    )

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        del now
        notifications.delete_many({"user_id": user_id})
        notification_preferences.delete_one({"_id": user_id})
        emails.delete_many({"user_id": user_id})


PART = NotificationsPart()
