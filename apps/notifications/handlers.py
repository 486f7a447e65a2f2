"""Delivers the `notifications` topic to the channels that each person chose."""

import datetime as dt
import re

from bson import ObjectId

from apps.events.consumer import Handlers
from apps.events.schemas import NotificationRequested, SchemaError
from apps.events.topics import NOTIFICATIONS
from apps.notifications.services import (
    delivery_preference,
    email_request,
    notification_deliver,
    stay_of,
)

# It becomes a Message-ID and the name of a file.
EVENT_ID = re.compile(r"[0-9A-Za-z-]{1,60}")


def deliver(event: NotificationRequested, *, now: dt.datetime) -> None:
    if not ObjectId.is_valid(event.user_id):
        raise SchemaError(f"user_id is {event.user_id!r}, not an id")
    if not EVENT_ID.fullmatch(event.event_id):
        raise SchemaError(f"event_id is {event.event_id!r}, not an id")
    user_id = ObjectId(event.user_id)
    preference = delivery_preference(user_id, event.kind)
    if preference.feed:
        notification_deliver(
            notification_id=event.event_id,
            user_id=user_id,
            kind=event.kind,
            variant=event.variant,
            values=event.values,
            title=event.title,
            body=event.body,
            booking_id=event.booking_id,
            now=now,
        )
    if not preference.why_no_email:
        email_request(
            event_id=event.event_id,
            user_id=user_id,
            kind=event.kind,
            variant=event.variant,
            values=event.values,
            title=event.title,
            body=event.body,
            note=event.note,
            booking_id=event.booking_id,
            stay=stay_of(event),
            locale=preference.locale,
            now=now,
        )


HANDLERS: Handlers = {NOTIFICATIONS: {NotificationRequested: deliver}}
