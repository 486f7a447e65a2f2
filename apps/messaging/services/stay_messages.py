"""Messages about a confirmed stay, by the booking: they stand in the thread of its guest and
listing, and neither side learns the other's address."""

import datetime as dt
import uuid

from bson import ObjectId

from apps.bookings.arrival import contact_allowed
from apps.bookings.idempotency import Answer, Key, once
from apps.bookings.selectors import actor_of, booking_stored
from apps.common.errors import ConflictError
from apps.common.replies import instant
from apps.messaging.replies import SentMessageReply
from apps.messaging.rows import ThreadRow, threads
from apps.messaging.services.sending import text_send
from apps.messaging.services.threads import thread_of


class ContactClosedError(ConflictError):
    code = "CONTACT_CLOSED"
    sentence = "Guest and host can write to each other from the confirmation to the day of leaving."


def stay_message_send(
    *, booking_id: ObjectId, sender_id: ObjectId, text: str, now: dt.datetime, key: Key | None
) -> Answer[SentMessageReply]:
    """Raises `BookingUnknownError`, `ContactClosedError` and what `message_send` does."""
    client_id = str(uuid.uuid4())

    def thread() -> ThreadRow:
        booking = booking_stored(booking_id)
        if not contact_allowed(booking, actor_of(booking, sender_id), now=now):
            raise ContactClosedError
        ids = {name: booking[name] for name in ("guest_id", "host_id", "listing_id")}
        return _opened(thread_of(**ids, now=now), now)

    def act() -> SentMessageReply:
        text_send(
            thread,
            sender_id=sender_id,
            text=text,
            client_id=client_id,
            booking_id=str(booking_id),
            now=now,
        )
        return SentMessageReply(sent_at=instant(now))

    return once(key, act, now=now, status=201)


def _opened(thread: ThreadRow, now: dt.datetime) -> ThreadRow:
    """The line of the confirmation, which shows contact details, may be still on its way."""
    if thread["confirmed_at"] is None:
        threads.update_one({"_id": thread["_id"]}, {"$set": {"confirmed_at": now}})
        thread["confirmed_at"] = now
    return thread
