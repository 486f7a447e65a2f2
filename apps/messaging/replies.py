"""What the two people of a thread are shown of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple, Self

from bson import ObjectId
from msgspec import Meta

from apps.common.replies import (
    Id,
    Instant,
    Reply,
    choices,
    example,
    instant,
    instant_or_none,
)
from apps.messaging.enums import LINES, Author, MessageKind, ReportReason, ReportStatus, Side
from apps.messaging.policies import mask
from apps.messaging.rows import MessageRow, ReportRow, SavedReplyRow, ThreadRow, ViewRow
from apps.properties.replies import ListingSummaryReply

Count = Annotated[int, Meta(ge=0)]
NUMBER_NOTE = "Counts the messages of a thread, from 1."
LISTING = {
    "id": "66f1c2a4b8e0d3f5a7c91e01",
    "title": "A quiet flat",
    "city": "Singapore",
    "country": "Singapore",
    "image": None,
}
MESSAGE: dict[str, Any] = {
    "id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "number": 1,
    "kind": "text",
    "by": "guest",
    "is_yours": True,
    "text": "Is there a desk to work at? Call me: [hidden]",
    "is_masked": True,
    "is_hidden": False,
    "booking_id": None,
    "event": "",
    "at": "2026-11-22T08:15:00Z",
}
CARD: dict[str, Any] = {
    "id": "66f1c2a4b8e0d3f5a7c91e77",
    "side": "guest",
    "listing": LISTING,
    "other_first_name": "Hal",
    "preview": "Is there a desk to work at?",
    "preview_by": "guest",
    "last_at": "2026-11-22T08:15:00Z",
    "unread": 0,
    "is_archived": False,
}

SAVED: dict[str, Any] = {
    "id": "66f1c2a4b8e0d3f5a7c91e88",
    "title": "Parking",
    "text": "There is free parking in the street behind the house.",
    "updated_at": "2026-11-22T08:15:00Z",
}


class Seen(NamedTuple):
    """What is read of others for the cards of threads."""

    listings: Mapping[ObjectId, ListingSummaryReply]
    names: Mapping[ObjectId, str]


def view_of(thread: ThreadRow, side: Side) -> ViewRow:
    return thread["guest_view"] if side is Side.GUEST else thread["host_view"]


def person_of(thread: ThreadRow, side: Side) -> ObjectId:
    return thread["guest_id"] if side is Side.GUEST else thread["host_id"]


def line_text(message: MessageRow) -> str:
    event = message["event"]
    text = LINES.get(f"{event}:{message['by']}") or LINES.get(event, "The booking was changed")
    return f"{text}: {_day(message['check_in'])} to {_day(message['check_out'])}"


def _day(day: str) -> str:
    return f"{dt.date.fromisoformat(day):%-d %b %Y}"


@example(MESSAGE)
class ThreadMessageReply(Reply, frozen=True, kw_only=True, gc=False):
    id: str
    number: Annotated[int, Meta(ge=1, description=NUMBER_NOTE)]
    kind: Annotated[str, choices(MessageKind)]
    by: Annotated[str, choices(Author)]
    is_yours: bool
    text: str
    is_masked: Annotated[
        bool,
        Meta(
            description="Contact details and ways to pay elsewhere are shown once a booking is "
            "confirmed."
        ),
    ]
    is_hidden: Annotated[bool, Meta(description="Support has hidden its text.")]
    booking_id: Id | None
    event: Annotated[str, Meta(description="What became of the booking; empty for a text.")]
    at: Instant

    @classmethod
    def of(cls, row: MessageRow, *, side: Side, is_open: bool) -> Self:
        text, is_masked = _text(row, is_open=is_open)
        return cls(
            id=row["_id"],
            number=row["number"],
            kind=row["kind"],
            by=row["by"],
            is_yours=row["kind"] == MessageKind.TEXT and row["by"] == side,
            text=text,
            is_masked=is_masked,
            is_hidden=row["hidden_at"] is not None,
            booking_id=row["booking_id"],
            event=row["event"],
            at=instant(row["at"]),
        )


def _text(row: MessageRow, *, is_open: bool) -> tuple[str, bool]:
    if row["kind"] == MessageKind.BOOKING:
        return line_text(row), False
    if row["hidden_at"] is not None:
        return "", False
    return (row["text"], False) if is_open else mask(row["text"])


class _Card(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    side: Annotated[str, choices(Side)]
    listing: ListingSummaryReply | None
    other_first_name: Annotated[str, Meta(description="Empty where the account is gone.")]
    preview: str
    preview_by: Annotated[str, choices(Author)]
    last_at: Instant
    unread: Count
    is_archived: bool


def _card(row: ThreadRow, side: Side, seen: Seen) -> dict[str, Any]:
    view = view_of(row, side)
    return {
        "id": row["_id"],
        "side": side.value,
        "listing": seen.listings.get(row["listing_id"]),
        "other_first_name": seen.names.get(person_of(row, side.other), ""),
        "preview": row["preview"],
        "preview_by": row["preview_by"],
        "last_at": instant(row["last_at"]),
        "unread": view["unread"],
        "is_archived": view["archived"],
    }


@example(CARD)
class ThreadCardReply(_Card, frozen=True, kw_only=True, gc=False):
    @classmethod
    def of(cls, row: ThreadRow, *, side: Side, seen: Seen) -> Self:
        return cls(**_card(row, side, seen))


@example({"questions": 12, "answered_percent": 100, "median_minutes": 25})
class AnswerTimeReply(Reply, frozen=True, kw_only=True, gc=False):
    questions: Annotated[
        int, Meta(ge=0, description="First questions of guests within the last 90 days.")
    ]
    answered_percent: Annotated[int, Meta(ge=0, le=100)] | None
    median_minutes: (
        Annotated[int, Meta(ge=0, description="From a question to the first answer.")] | None
    )


@example({"results": [CARD], "next_cursor": None, "unread": 0})
class InboxReply(Reply, frozen=True, kw_only=True, gc=False):
    results: list[ThreadCardReply]
    next_cursor: Annotated[str | None, Meta(description="Of the next page; null on the last one.")]
    unread: Annotated[int, Meta(ge=0, description="Unread messages of all threads of this side.")]


@example(
    {
        **CARD,
        "messages": [MESSAGE],
        "earlier": None,
        "contact_is_shown": False,
        "read_by_other": 0,
        "is_blocked_by_you": False,
        "can_write": True,
        "answer_time": {"questions": 12, "answered_percent": 100, "median_minutes": 25},
    }
)
class ThreadReply(_Card, frozen=True, kw_only=True, gc=False):
    messages: Annotated[list[ThreadMessageReply], Meta(description="The oldest first.")]
    earlier: Annotated[
        int | None, Meta(description="`before` of the messages before these; null: none.")
    ]
    contact_is_shown: Annotated[bool, Meta(description="Whether a booking has been confirmed.")]
    read_by_other: Annotated[int, Meta(ge=0, description="The last number that they have read.")]
    is_blocked_by_you: bool
    can_write: bool
    answer_time: Annotated[AnswerTimeReply | None, Meta(description="The host's, for a guest.")]

    @classmethod
    def opened(
        cls, row: ThreadRow, *, side: Side, seen: Seen, found: Sequence[MessageRow], **more: Any
    ) -> Self:
        is_open = row["confirmed_at"] is not None
        return cls(
            **_card(row, side, seen),
            messages=[ThreadMessageReply.of(one, side=side, is_open=is_open) for one in found],
            earlier=found[0]["number"] if found and found[0]["number"] > 1 else None,
            contact_is_shown=is_open,
            read_by_other=view_of(row, side.other)["read_to"],
            **more,
        )


@example({"thread_id": CARD["id"], "message": MESSAGE})
class WrittenMessageReply(Reply, frozen=True, kw_only=True, gc=False):
    thread_id: Id
    message: ThreadMessageReply


@example({"sent_at": "2026-12-14T09:30:00Z"})
class SentMessageReply(Reply, frozen=True, kw_only=True, gc=False):
    sent_at: Instant


@example({"guest": 1, "host": 0})
class UnreadMessagesReply(Reply, frozen=True, kw_only=True, gc=False):
    guest: Count
    host: Count


@example({"results": [{"thread_id": CARD["id"], "message": MESSAGE}], "next_cursor": None})
class FoundMessagesReply(Reply, frozen=True, kw_only=True, gc=False):
    results: list[WrittenMessageReply]
    next_cursor: str | None


@example(
    {
        "listing": LISTING,
        "host_first_name": "Hal",
        "thread_id": None,
        "answer_time": {"questions": 12, "answered_percent": 100, "median_minutes": 25},
    }
)
class ListingHostReply(Reply, frozen=True, kw_only=True, gc=False):
    listing: ListingSummaryReply
    host_first_name: str
    thread_id: Annotated[Id | None, Meta(description="Of your thread, if you have one.")]
    answer_time: AnswerTimeReply


@example({"is_archived": True, "is_blocked_by_you": False, "unread": 0})
class ThreadStateReply(Reply, frozen=True, kw_only=True, gc=False):
    is_archived: bool
    is_blocked_by_you: bool
    unread: Count


@example(
    {
        "message_id": MESSAGE["id"],
        "reason": "payment",
        "status": "open",
        "decision": "",
        "decided_at": None,
        "created_at": "2026-11-22T08:20:00Z",
    }
)
class MessageReportReply(Reply, frozen=True, kw_only=True, gc=False):
    message_id: str
    reason: Annotated[str, choices(ReportReason)]
    status: Annotated[str, choices(ReportStatus)]
    decision: str
    decided_at: Instant | None
    created_at: Instant

    @classmethod
    def of(cls, row: ReportRow) -> Self:
        return cls(
            message_id=row["message_id"],
            reason=row["reason"],
            status=row["status"],
            decision=row["decision"],
            decided_at=instant_or_none(row["decided_at"]),
            created_at=instant(row["created_at"]),
        )


@example(SAVED)
class SavedReplyReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    title: str
    text: str
    updated_at: Instant

    @classmethod
    def of(cls, row: SavedReplyRow) -> Self:
        return cls(
            id=row["_id"],
            title=row["title"],
            text=row["text"],
            updated_at=instant(row["updated_at"]),
        )


@example({"results": [SAVED]})
class SavedRepliesReply(Reply, frozen=True, kw_only=True, gc=False):
    results: list[SavedReplyReply]
