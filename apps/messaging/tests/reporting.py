"""A thread with a message that its guest has reported."""

import datetime as dt
from typing import NamedTuple

from bson import ObjectId

from apps.messaging.rows import threads
from apps.messaging.services import message_report, message_send, question_send


class Made(NamedTuple):
    thread_id: ObjectId
    host_id: ObjectId
    message_id: str
    report_id: str


def message_report_make(guest_id: ObjectId, listing_id: ObjectId, *, now: dt.datetime) -> Made:
    asked = question_send(
        guest_id=guest_id,
        listing_id=listing_id,
        text="Is there a desk?",
        client_id="question-1",
        now=now,
    )
    thread_id = asked.reply.thread_id
    thread = threads.find_one({"_id": thread_id})
    assert thread is not None
    answer = message_send(
        thread_id=thread_id,
        sender_id=thread["host_id"],
        text="Pay me by wire.",
        client_id="answer-1",
        now=now,
    )
    message_id = answer.reply.message.id
    message_report(
        thread_id=thread_id,
        person_id=guest_id,
        message_id=message_id,
        reason="payment",
        text="",
        now=now,
    )
    return Made(thread_id, thread["host_id"], message_id, f"{guest_id}:{message_id}")
