"""Makes sample threads by the same services as everybody else, at the times they happened."""

import datetime as dt
from typing import Any

from apps.bookings.demo.samples import SampleBooking, sample_bookings
from apps.common.errors import AppError
from apps.messaging.enums import Side
from apps.messaging.rows import saved_replies, threads
from apps.messaging.services import message_send, question_send, saved_reply_add
from apps.properties.demo.people import OWNER, person_id
from apps.properties.selectors import listing_is_active

MOST = 4
TALKS: tuple[tuple[tuple[Side, str], ...], ...] = (
    (
        (Side.GUEST, "Hello! Is there a desk where I can work, and how fast is the Wifi?"),
        (Side.HOST, "Hi, there is a desk by the window. The Wifi makes 250 Mbit/s."),
        (Side.GUEST, "Perfect, thank you. I am looking forward to it!"),
    ),
    (
        (Side.GUEST, "Could we leave our bags with you before check-in? We land at 9:30."),
        (Side.HOST, "Of course. Ring at the door, I am there from ten. Or call +65 9123 4567."),
    ),
    ((Side.GUEST, "Is the street quiet at night? We come with a small child."),),
    (
        (Side.GUEST, "Is there parking nearby?"),
        (Side.HOST, "Yes, free parking in the street behind the house."),
        (Side.GUEST, "Great. And do you have a cot?"),
    ),
)
SAVED = (
    ("Parking", "There is free parking in the street behind the house."),
    ("Late arrival", "No problem: there is a key box. You get its code on the day before."),
)


def threads_add(now: dt.datetime) -> int:
    """Returns how many were made; those that are there stay as they are."""
    before = threads.count({})
    for talk, sample in zip(TALKS, _samples(), strict=False):
        _talk(talk, sample, now)
    _save_replies(now)
    return threads.count({}) - before


def _samples() -> list[SampleBooking]:
    """Guests of the owner whom visitors log in as."""
    host = person_id(OWNER)
    own = [
        one
        for one in sample_bookings()
        if one.demo.document["host_id"] == host and listing_is_active(one.demo.id)
    ]
    return own[:MOST]


def _talk(talk: tuple[tuple[Side, str], ...], sample: SampleBooking, now: dt.datetime) -> None:
    guest_id, listing_id = person_id(sample.guest), sample.demo.id
    at = now - dt.timedelta(hours=len(talk) * 2)
    for number, (side, text) in enumerate(talk):
        client_id = f"demo-{guest_id}-{listing_id}-{number}"
        named: dict[str, Any] = {"text": text, "client_id": client_id, "now": at}
        try:
            if side is Side.GUEST:
                question_send(guest_id=guest_id, listing_id=listing_id, **named)
            elif thread := threads.find_one({"guest_id": guest_id, "listing_id": listing_id}):
                message_send(thread_id=thread["_id"], sender_id=thread["host_id"], **named)
        except AppError:
            return
        at += dt.timedelta(minutes=25)


def _save_replies(now: dt.datetime) -> None:
    host_id = person_id(OWNER)
    if not saved_replies.exists({"host_id": host_id}):
        for title, text in SAVED:
            saved_reply_add(host_id=host_id, title=title, text=text, now=now)
