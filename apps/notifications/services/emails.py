"""The table of e-mails: a row for each event and person that wants one; `sending` sends them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId

from apps.common.errors import ConflictError, NotFoundError
from apps.common.middleware import request_id_current
from apps.common.money import from_wire
from apps.common.trace import traceparent_current
from apps.events.schemas import NotificationRequested, SchemaError
from apps.notifications.enums import KINDS, EmailStatus
from apps.notifications.rows import EmailRow, StayRow, emails
from apps.notifications.services.messages import email_message
from apps.notifications.services.preferences import delivery_preference
from apps.properties.nights import midnight

NO_WAIT = dt.timedelta(0)
AGAIN = [EmailStatus.FAILED.value, EmailStatus.SKIPPED.value]


class EmailNotResendableError(ConflictError):
    sentence = "Only an e-mail that failed or was skipped can be sent again."


class EmailUnknownError(NotFoundError):
    sentence = "There is no such e-mail."


def email_request(*, event_id: str, **facts: Any) -> None:
    """Stores the e-mail in the transaction of the event; a repeated one leaves the first row as it
    is. `facts` are those of `email_row`."""
    row = email_row(event_id=event_id, **facts)
    emails.update_one({"_id": event_id}, {"$setOnInsert": row}, upsert=True)


def email_row(
    *,
    event_id: str,
    user_id: ObjectId,
    kind: str,
    variant: str = "",
    values: Mapping[str, str] | None = None,
    title: str,
    body: str = "",
    note: str = "",
    booking_id: str = "",
    stay: StayRow | None = None,
    locale: str,
    now: dt.datetime,
) -> EmailRow:
    """Returns an e-mail that waits to be sent."""
    known = KINDS.get(kind)
    return {
        "_id": event_id,
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
        "next_at": now + (known.email_waits if known else NO_WAIT),
        "problem": "",
        "address": "",
        "recipient": "",
        "nonce": "",
        "request_id": request_id_current(),
        "traceparent": traceparent_current(),
        "sent_at": None,
        "created_at": now,
    }


def stay_of(event: NotificationRequested) -> StayRow | None:
    """Returns the stay that the event is about, if any. Raises `SchemaError`."""
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
        "total_price": from_wire(event.total_price, event.currency),
        "currency": event.currency,
    }


def email_again(email_id: str, *, now: dt.datetime) -> None:
    """Has an e-mail sent again that failed or was skipped, with its old Message-ID, if the person
    still wants it. Raises `EmailNotResendableError`."""
    changed = emails.update_one(
        {"_id": email_id, "status": {"$in": AGAIN}},
        {"$set": {"status": EmailStatus.PENDING.value, "attempts": 0, "next_at": now}},
    )
    if not changed.matched_count:
        raise EmailNotResendableError


def email_preview(email_id: str, *, now: dt.datetime | None) -> str:
    """Returns the text as it would be sent `now`; None leaves out where the stay is. Raises
    `EmailUnknownError`."""
    email = emails.find_one({"_id": email_id})
    if email is None:
        raise EmailUnknownError
    preference = delivery_preference(email["user_id"], email["kind"])
    message = email_message(email, preference, now=now, shows_link=False)
    return f"{message.subject}\n\n{message.body}"
