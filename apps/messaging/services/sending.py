"""Texts from one side to the other. Each is named by the program that sends it: two clicks, two
tabs and a reply that was lost send one."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from bson import ObjectId
from django.conf import settings

from apps.accounts.selectors import first_names
from apps.common import mongo
from apps.common.errors import AppError, ConflictError, RateLimitedError
from apps.events.notify import HOST, notify_person
from apps.messaging.enums import Side
from apps.messaging.policies import mask
from apps.messaging.replies import WrittenMessageReply, person_of
from apps.messaging.rows import MessageRow, ThreadRow, messages, threads
from apps.messaging.selectors import (
    can_receive,
    is_blocked,
    thread_side,
    thread_stored,
    written_message,
)
from apps.messaging.services.entries import text_add
from apps.messaging.services.threads import thread_of
from apps.properties.selectors import (
    ListingUnknownError,
    listing_is_active,
    listing_terms,
    listing_title,
)

DAY = dt.timedelta(days=1)


class OwnListingQuestionError(ConflictError):
    code = "OWN_LISTING"
    sentence = "This is your own listing: guests ask you."


class MessageIdReusedError(AppError):
    code = "MESSAGE_ID_REUSED"
    status = 422
    sentence = "This client_id came with another message before. Use a new one for a new message."


class BlockedByYouError(ConflictError):
    code = "BLOCKED_BY_YOU"
    sentence = "You have blocked this person. Unblock them to write."


class CannotReceiveError(ConflictError):
    code = "CANNOT_RECEIVE"
    sentence = "This person cannot receive messages from you."


class TooManyQuestionsError(RateLimitedError):
    code = "TOO_MANY_QUESTIONS"
    sentence = "You have asked {count} hosts within a day. Wait for their answers, or ask tomorrow."
    sample: ClassVar = {"count": 20}
    retry_after = 3600


class Sent(NamedTuple):
    """What was written, and whether this call did."""

    reply: WrittenMessageReply
    is_new: bool


def question_send(
    *, guest_id: ObjectId, listing_id: ObjectId, text: str, client_id: str, now: dt.datetime
) -> Sent:
    """Writes to the host of a listing, the first time or again. Raises `ListingUnknownError`,
    `OwnListingQuestionError`, `TooManyQuestionsError` and what `message_send` does."""
    terms = listing_terms(listing_id)
    if terms["host_id"] == guest_id:
        raise OwnListingQuestionError

    def thread() -> ThreadRow:
        if not threads.exists({"guest_id": guest_id, "listing_id": listing_id}):
            _check_new(guest_id, listing_id, now=now)
        return thread_of(
            guest_id=guest_id, host_id=terms["host_id"], listing_id=listing_id, now=now
        )

    return text_send(thread, sender_id=guest_id, text=text, client_id=client_id, now=now)


def message_send(
    *, thread_id: ObjectId, sender_id: ObjectId, text: str, client_id: str, now: dt.datetime
) -> Sent:
    """Raises `ThreadUnknownError`, `BlockedByYouError`, `CannotReceiveError` and
    `MessageIdReusedError`."""
    return text_send(
        lambda: thread_stored(thread_id, person_id=sender_id),
        sender_id=sender_id,
        text=text,
        client_id=client_id,
        now=now,
    )


def text_send(
    thread: Callable[[], ThreadRow],
    *,
    sender_id: ObjectId,
    text: str,
    client_id: str,
    booking_id: str = "",
    now: dt.datetime,
) -> Sent:
    """Writes to a thread that is read, or made, in the transaction of the message. The other side
    is notified of it, and of the booking that it is about."""
    message_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"message:{sender_id}:{client_id}"))

    def act() -> Sent:
        found = thread()
        side = thread_side(found, sender_id)
        stored = messages.find_one({"_id": message_id})
        if stored is None:
            _check_open(found, side)
            row = text_add(found, side, message_id=message_id, text=text, now=now)
            _notify_other(found, side, row, booking_id=booking_id, now=now)
        elif (stored["thread_id"], stored["text"]) == (found["_id"], text):
            row = stored
        else:
            raise MessageIdReusedError
        is_open = found["confirmed_at"] is not None
        return Sent(written_message(row, side=side, is_open=is_open), stored is None)

    return mongo.run_in_transaction(act)


def _check_new(guest_id: ObjectId, listing_id: ObjectId, *, now: dt.datetime) -> None:
    if not listing_is_active(listing_id):
        raise ListingUnknownError
    is_new = now - guest_id.generation_time < settings.NEW_GUEST
    most = settings.QUESTIONS_OF_A_NEW_GUEST if is_new else settings.QUESTIONS_A_DAY
    begun = {"guest_id": guest_id, "created_at": {"$gt": now - DAY}, "asked_at": {"$ne": None}}
    if threads.count(begun, hint="guest_begun") >= most:
        raise TooManyQuestionsError(count=most)


def _check_open(thread: ThreadRow, side: Side) -> None:
    if is_blocked(by=person_of(thread, side), person_id=person_of(thread, side.other)):
        raise BlockedByYouError
    if not can_receive(thread, side.other):
        raise CannotReceiveError


def _notify_other(
    thread: ThreadRow, side: Side, message: MessageRow, *, booking_id: str, now: dt.datetime
) -> None:
    sender_id = person_of(thread, side)
    text = message["text"] if thread["confirmed_at"] else mask(message["text"]).text
    notify_person(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"notify:{message['_id']}")),
        user_id=person_of(thread, side.other),
        kind="message_received",
        variant=HOST if side is Side.GUEST else "",
        values={
            "thread_id": str(thread["_id"]),
            "listing_title": listing_title(str(thread["listing_id"])),
            "sender": first_names([sender_id]).get(sender_id, ""),
            "text": text,
        },
        stay={"booking_id": booking_id},
        now=now,
    )
