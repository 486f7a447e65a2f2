"""Relays a message to the other side of a stay, who learns neither address nor number."""

import datetime as dt
import uuid

from bson import ObjectId

from apps.accounts.selectors import first_names
from apps.bookings.arrival import contact_allowed
from apps.bookings.enums import Actor
from apps.bookings.events import stay_facts
from apps.bookings.idempotency import Answer, Key, once
from apps.bookings.replies.arrivals import SentMessageReply
from apps.bookings.selectors import actor_of, booking_stored
from apps.common.errors import ConflictError
from apps.common.replies import instant
from apps.events.notify import HOST, notify_person
from apps.properties.selectors import listing_title


class ContactClosedError(ConflictError):
    code = "CONTACT_CLOSED"
    sentence = "Guest and host can write to each other from the confirmation to the day of leaving."


def message_send(
    *, booking_id: ObjectId, sender_id: ObjectId, text: str, now: dt.datetime, key: Key | None
) -> Answer[SentMessageReply]:
    """Notifies the other side, by feed and e-mail. Raises `BookingUnknownError` and
    `ContactClosedError`."""
    event_id = str(uuid.uuid4())

    def act() -> SentMessageReply:
        booking = booking_stored(booking_id)
        actor = actor_of(booking, sender_id)
        if not contact_allowed(booking, actor, now=now):
            raise ContactClosedError
        to_host = actor is Actor.GUEST
        facts = stay_facts(booking)
        notify_person(
            event_id=event_id,
            user_id=booking["host_id"] if to_host else booking["guest_id"],
            kind="message_received",
            variant=HOST if to_host else "",
            values={
                "listing_title": listing_title(str(booking["listing_id"])),
                "check_in": facts["check_in"],
                "check_out": facts["check_out"],
                "sender": first_names([sender_id]).get(sender_id, ""),
                "text": text,
            },
            stay=facts,
            now=now,
        )
        return SentMessageReply(sent_at=instant(now))

    return once(key, act, now=now, status=201)
