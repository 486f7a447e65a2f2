"""The `notifications` topic into the feeds."""

import datetime as dt
from collections.abc import Mapping

from bson import ObjectId

from apps.events.consumer import Handler
from apps.events.schemas import NotificationRequested, SchemaError
from apps.events.topics import NOTIFICATIONS
from apps.notifications.services import notification_deliver


def deliver(event: NotificationRequested, *, now: dt.datetime) -> None:
    if not ObjectId.is_valid(event.user_id):
        raise SchemaError(f"user_id is {event.user_id!r}, not an id")
    notification_deliver(
        notification_id=event.event_id,
        user_id=ObjectId(event.user_id),
        kind=event.kind,
        title=event.title,
        body=event.body,
        booking_id=event.booking_id,
        now=now,
    )


HANDLERS: Mapping[str, Handler] = {NOTIFICATIONS: Handler(NotificationRequested, deliver)}
