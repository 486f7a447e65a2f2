"""The table of e-mails: a row for each event and person that wants one, sent by `sweep`."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.common.errors import ConflictError, NotFoundError
from apps.common.middleware import request_id_current
from apps.common.money import from_wire
from apps.common.trace import traceparent_current
from apps.events.schemas import NotificationRequested, SchemaError
from apps.notifications.enums import EmailStatus
from apps.notifications.services.letters import letter
from apps.notifications.services.preferences import wish_of
from apps.properties.nights import midnight

AGAIN = [EmailStatus.FAILED.value, EmailStatus.SKIPPED.value]


def email_request(
    *,
    event_id: str,
    user_id: ObjectId,
    kind: str,
    variant: str = "",
    values: Mapping[str, str] | None = None,
    title: str,
    body: str,
    note: str,
    booking_id: str,
    stay: dict[str, Any] | None,
    locale: str,
    now: dt.datetime,
) -> None:
    """In the transaction of the event; a repeated one leaves the first row as it is. `stay` as
    `models.Stay` has it, with dates as MongoDB stores them."""
    row = {
        "user_id": user_id,
        "kind": kind,
        "variant": variant,
        "values": dict(values or {}),
        "title": title,
        "body": body,
        "note": note,
        "booking_id": booking_id,
        "stay": stay,
        "locale": locale,
        "status": EmailStatus.PENDING.value,
        "attempts": 0,
        "next_at": now,
        "problem": "",
        "address": "",
        "request_id": request_id_current(),
        "traceparent": traceparent_current(),
        "sent_at": None,
        "created_at": now,
    }
    mongo.collection("emails").update_one(
        {"_id": event_id}, {"$setOnInsert": row}, upsert=True, session=mongo.session()
    )


def stay_of(event: NotificationRequested) -> dict[str, Any] | None:
    """Returns the event's stay as `Email.stay` is stored, or None. Raises `SchemaError`."""
    if not event.booking_version:
        return None
    try:
        days = [midnight(dt.date.fromisoformat(day)) for day in (event.check_in, event.check_out)]
    except ValueError as error:
        raise SchemaError(f"not a stay: {error}") from error
    return {
        "listing_id": event.listing_id,
        "version": event.booking_version,
        "previous_status": event.previous_status,
        "status": event.new_status,
        "check_in": days[0],
        "check_out": days[1],
        "guest_count": event.guest_count,
        "total_price": from_wire(event.total_price),
        "currency": event.currency,
    }


def email_again(email_id: str, *, now: dt.datetime) -> None:
    """For staff: has an e-mail sent that failed or was skipped, with its old Message-ID. Whether
    the person wants it is asked anew. Raises `ConflictError` for any other."""
    changed = mongo.collection("emails").update_one(
        {"_id": email_id, "status": {"$in": AGAIN}},
        {"$set": {"status": EmailStatus.PENDING.value, "attempts": 0, "next_at": now}},
        session=mongo.session(),
    )
    if not changed.matched_count:
        raise ConflictError("Only what failed or was skipped can be sent again.")


def email_preview(email_id: str) -> str:
    """The text that the person reads, written as it would be now. Raises `NotFoundError`."""
    email = mongo.collection("emails").find_one({"_id": email_id})
    if email is None:
        raise NotFoundError("There is no such e-mail.")
    message = letter(email, wish_of(email["user_id"], email["kind"]))
    return f"{message.subject}\n\n{message.body}"
