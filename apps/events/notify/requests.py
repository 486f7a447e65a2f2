"""Asks for a notification: an event about an event, in the transaction of its handler."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from apps.common.clock import instant
from apps.events import outbox
from apps.events.notify.wording import text_of
from apps.events.schemas import BookingCreated, BookingStatusUpdated, NotificationRequested
from apps.events.topics import NOTIFICATIONS

SHARED = ("listing_id", "check_in", "check_out", "total_price", "currency")


def notify(
    source: BookingCreated | BookingStatusUpdated,
    *,
    user_id: str,
    kind: str,
    variant: str = "",
    listing_title: str,
    now: dt.datetime,
    **more: str,
) -> None:
    """`more` are values that the kind's text needs, such as `reason` or `message`. The id follows
    from `source`, the person and the kind: handled twice, it is one item."""
    values = {
        "listing_title": listing_title,
        "check_in": source.check_in,
        "check_out": source.check_out,
        **{name: value for name, value in more.items() if value},
    }
    notification_request(
        source_id=source.event_id,
        user_id=user_id,
        kind=kind,
        variant=variant,
        values=values,
        booking_id=source.booking_id,
        stay=_stay(source),
        now=now,
    )


def notification_request(
    *,
    source_id: str,
    user_id: str,
    kind: str,
    variant: str,
    values: dict[str, str],
    booking_id: str,
    stay: Mapping[str, Any],
    now: dt.datetime,
) -> None:
    """`stay` are the event's fields of it; `source_id` is what the notification is about."""
    text = text_of(kind, variant, values)
    event_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{source_id}:{user_id}:{kind}"))
    event = NotificationRequested(
        event_id=event_id,
        timestamp=instant(now),
        user_id=user_id,
        kind=kind,
        variant=variant,
        values=values,
        **text._asdict(),
        booking_id=booking_id,
        **stay,
    )
    aggregate_id = f"notification:{event_id}"
    outbox.add(event, aggregate_id=aggregate_id, key=user_id, topics=[NOTIFICATIONS], now=now)


def _stay(source: BookingCreated | BookingStatusUpdated) -> dict[str, Any]:
    if isinstance(source, BookingCreated):
        own = {"new_status": source.status, "guest_count": source.metadata.get("guest_count", 0)}
    else:
        names = ("previous_status", "new_status", "guest_count")
        own = {name: getattr(source, name) for name in names}
    shared = {name: getattr(source, name) for name in SHARED}
    return {"booking_version": source.version, **own, **shared}
