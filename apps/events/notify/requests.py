"""Asks for a notification: an event about an event, in the transaction of its handler."""

import datetime as dt
import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bson import ObjectId
from django.conf import settings

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
    _request(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{source.event_id}:{user_id}:{kind}")),
        user_id=user_id,
        kind=kind,
        variant=variant,
        values=values,
        now=now,
        booking_id=source.booking_id,
        **_stay(source),
    )


def notify_person(
    *,
    event_id: str,
    user_id: ObjectId,
    kind: str,
    variant: str = "",
    values: Mapping[str, str] = MappingProxyType({}),
    stay: Mapping[str, Any] = MappingProxyType({}),
    now: dt.datetime,
) -> None:
    """Asks for a notification that follows from no event of a booking, in the transaction of its
    cause, from which `event_id` follows. `stay` are fields of the event, if it is about one."""
    support = {"support": settings.SUPPORT_EMAIL}
    _request(
        event_id=event_id,
        user_id=str(user_id),
        kind=kind,
        variant=variant,
        values={**support, **values},
        now=now,
        **stay,
    )


def _request(
    *,
    event_id: str,
    user_id: str,
    kind: str,
    variant: str,
    values: Mapping[str, str],
    now: dt.datetime,
    **more: Any,
) -> None:
    event = NotificationRequested(
        event_id=event_id,
        timestamp=instant(now),
        user_id=user_id,
        kind=kind,
        variant=variant,
        values=dict(values),
        **text_of(kind, variant, values)._asdict(),
        **more,
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
