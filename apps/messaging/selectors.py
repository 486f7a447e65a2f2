"""Reads of threads. A person sees those that they are the guest or the host of; others do not exist
for them."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from bson import ObjectId

from apps.accounts.selectors import first_names, user_contact
from apps.common.errors import InvalidInputError, NotFoundError
from apps.common.text import plain_letters
from apps.messaging.enums import Side
from apps.messaging.replies import (
    AnswerTimeReply,
    FoundMessagesReply,
    InboxReply,
    ListingHostReply,
    SavedRepliesReply,
    SavedReplyReply,
    Seen,
    ThreadCardReply,
    ThreadMessageReply,
    ThreadReply,
    UnreadMessagesReply,
    WrittenMessageReply,
    person_of,
)
from apps.messaging.rows import (
    MessageRow,
    ThreadRow,
    blocks,
    messages,
    saved_replies,
    threads,
)
from apps.properties.selectors import (
    ListingUnknownError,
    listing_is_active,
    listing_summaries,
    listing_terms,
)

THREADS_A_PAGE, MESSAGES_A_PAGE, FOUND_A_PAGE = 20, 50, 20
INBOX = [("last_at", -1), ("_id", -1)]
NEWEST = [("at", -1), ("_id", -1)]
# A search reads what one person has ever got and written.
SEARCH_MS = 2_000
ANSWERS_SINCE = dt.timedelta(days=90)
MOST_ANSWERS = 200
# Fewer say nothing about a host, and too much about a guest.
FEWEST_QUESTIONS = 3
# A question of this moment cannot be answered yet.
TIME_TO_ANSWER = dt.timedelta(hours=24)
CURSOR = re.compile(r"(?P<ms>[0-9]{1,14})\.(?P<id>[0-9a-f-]{24,36})")


class ThreadUnknownError(NotFoundError):
    sentence = "You have no such thread."


class CursorUnknownError(InvalidInputError):
    field = "cursor"
    sentence = "This is not the cursor of a page. Begin without one."


def thread_side(thread: ThreadRow, person_id: ObjectId) -> Side:
    """Raises `ThreadUnknownError` for who is not in it."""
    for side in Side:
        if person_of(thread, side) == person_id:
            return side
    raise ThreadUnknownError


def thread_stored(thread_id: ObjectId, *, person_id: ObjectId) -> ThreadRow:
    """Raises `ThreadUnknownError`, also for a thread of others."""
    found = threads.find_one({"_id": thread_id})
    if found is None:
        raise ThreadUnknownError
    thread_side(found, person_id)
    return found


def inbox_query(person_id: ObjectId, side: Side, *, is_archived: bool) -> dict[str, Any]:
    return {f"{side}_id": person_id, f"{side}_view.archived": is_archived}


def inbox(*, person_id: ObjectId, side: Side, is_archived: bool, cursor: str | None) -> InboxReply:
    """Returns threads by their last message, newest first, from one query by an index."""
    query = {
        **inbox_query(person_id, side, is_archived=is_archived),
        **_after(cursor, "last_at", ObjectId),
    }
    found = list(threads.find(query).hint(f"{side}_inbox").sort(INBOX).limit(THREADS_A_PAGE + 1))
    shown = found[:THREADS_A_PAGE]
    seen = _seen(shown, side)
    return InboxReply(
        results=[ThreadCardReply.of(row, side=side, seen=seen) for row in shown],
        next_cursor=_cursor(shown[-1], "last_at") if len(found) > len(shown) else None,
        unread=_unread(person_id, side),
    )


def unread_counts(person_id: ObjectId) -> UnreadMessagesReply:
    return UnreadMessagesReply(**{side.value: _unread(person_id, side) for side in Side})


def _unread(person_id: ObjectId, side: Side) -> int:
    name = f"{side}_view.unread"
    stages: list[dict[str, Any]] = [
        {"$match": {f"{side}_id": person_id, name: {"$gt": 0}}},
        {"$group": {"_id": None, "sum": {"$sum": f"${name}"}}},
    ]
    return next((int(row["sum"]) for row in threads.aggregate(stages)), 0)


def thread_opened(
    *, thread_id: ObjectId, person_id: ObjectId, before: int | None, now: dt.datetime
) -> ThreadReply:
    """Returns a thread with its newest messages, or those `before` a number. Raises
    `ThreadUnknownError`."""
    thread = thread_stored(thread_id, person_id=person_id)
    side = thread_side(thread, person_id)
    query: dict[str, Any] = {"thread_id": thread_id}
    if before is not None:
        query["number"] = {"$lt": before}
    newest = messages.find(query).hint("thread_number").sort("number", -1).limit(MESSAGES_A_PAGE)
    is_blocked_by_you = is_blocked(by=person_id, person_id=person_of(thread, side.other))
    return ThreadReply.opened(
        thread,
        side=side,
        seen=_seen([thread], side),
        found=list(newest)[::-1],
        is_blocked_by_you=is_blocked_by_you,
        can_write=not is_blocked_by_you and can_receive(thread, side.other),
        answer_time=answer_time(thread["host_id"], now=now) if side is Side.GUEST else None,
    )


def can_receive(thread: ThreadRow, side: Side) -> bool:
    """Whether this side is there and has not blocked the other."""
    person_id = person_of(thread, side)
    contact = user_contact(person_id)
    if contact is None or not contact.is_active:
        return False
    return not is_blocked(by=person_id, person_id=person_of(thread, side.other))


def is_blocked(*, by: ObjectId, person_id: ObjectId) -> bool:
    return blocks.exists({"_id": block_id(by, person_id)})


def block_id(blocker_id: ObjectId, blocked_id: ObjectId) -> str:
    return f"{blocker_id}:{blocked_id}"


def messages_found(
    *, person_id: ObjectId, side: Side, text: str, cursor: str | None
) -> FoundMessagesReply:
    """Returns the person's messages that have all words of the text, newest first. What is masked
    or hidden is not found by what it hides."""
    words = [re.escape(word) for word in plain_letters(text).split()]
    if not words:
        return FoundMessagesReply(results=[], next_cursor=None)
    query = {
        f"{side}_id": person_id,
        **_after(cursor, "at", str),
        "$and": [{"words": {"$regex": word}} for word in words],
    }
    newest = messages.find(query).hint(f"{side}_newest").sort(NEWEST)
    found = list(newest.limit(FOUND_A_PAGE + 1).max_time_ms(SEARCH_MS))
    shown = found[:FOUND_A_PAGE]
    is_open = _are_open({row["thread_id"] for row in shown})
    return FoundMessagesReply(
        results=[
            WrittenMessageReply(
                thread_id=row["thread_id"],
                message=ThreadMessageReply.of(row, side=side, is_open=is_open[row["thread_id"]]),
            )
            for row in shown
        ],
        next_cursor=_cursor(shown[-1], "at") if len(found) > len(shown) else None,
    )


def written_message(message: MessageRow, *, side: Side, is_open: bool) -> WrittenMessageReply:
    return WrittenMessageReply(
        thread_id=message["thread_id"],
        message=ThreadMessageReply.of(message, side=side, is_open=is_open),
    )


def listing_host(*, listing_id: ObjectId, guest_id: ObjectId, now: dt.datetime) -> ListingHostReply:
    """Whom a guest asks about a listing. Raises `ListingUnknownError`."""
    host_id = listing_terms(listing_id)["host_id"]
    thread = threads.find_one({"guest_id": guest_id, "listing_id": listing_id}, {"_id": 1})
    if thread is None and not listing_is_active(listing_id):
        raise ListingUnknownError
    return ListingHostReply(
        listing=listing_summaries([listing_id])[listing_id],
        host_first_name=first_names([host_id]).get(host_id, ""),
        thread_id=thread["_id"] if thread else None,
        answer_time=answer_time(host_id, now=now),
    )


def answer_time(host_id: ObjectId, *, now: dt.datetime) -> AnswerTimeReply:
    """How fast a host answers first questions. The last ones count."""
    query = {"host_id": host_id, "asked_at": {"$gte": now - ANSWERS_SINCE}}
    fields = {"asked_at": 1, "answered_at": 1}
    newest = threads.find(query, fields).hint("host_asked").sort("asked_at", -1)
    asked = [
        (row["asked_at"], row["answered_at"])
        for row in newest.limit(MOST_ANSWERS)
        if row["asked_at"] and (row["answered_at"] or _is_due(row["asked_at"], now))
    ]
    minutes = [(after - before).total_seconds() / 60 for before, after in asked if after]
    if len(asked) < FEWEST_QUESTIONS:
        return AnswerTimeReply(questions=len(asked), answered_percent=None, median_minutes=None)
    return AnswerTimeReply(
        questions=len(asked),
        answered_percent=round(100 * len(minutes) / len(asked)),
        median_minutes=round(median(minutes)) if minutes else None,
    )


def _is_due(asked_at: dt.datetime, now: dt.datetime) -> bool:
    return asked_at.replace(tzinfo=dt.UTC) < now - TIME_TO_ANSWER


def saved_reply_list(host_id: ObjectId) -> SavedRepliesReply:
    found = saved_replies.find({"host_id": host_id}).sort("_id", 1)
    return SavedRepliesReply(results=[SavedReplyReply.of(row) for row in found])


def _seen(found: Iterable[ThreadRow], side: Side) -> Seen:
    rows = list(found)
    return Seen(
        listing_summaries(row["listing_id"] for row in rows),
        first_names([person_of(row, side.other) for row in rows]),
    )


def _are_open(thread_ids: Iterable[ObjectId]) -> dict[ObjectId, bool]:
    found = threads.find({"_id": {"$in": list(thread_ids)}}, {"confirmed_at": 1})
    return {row["_id"]: row["confirmed_at"] is not None for row in found}


def _cursor(row: Mapping[str, Any], name: str) -> str:
    """Names the row by its place in the order: milliseconds, as MongoDB keeps them, and its id."""
    at: dt.datetime = row[name].replace(tzinfo=dt.UTC)
    return f"{round(at.timestamp() * 1000)}.{row['_id']}"


def _after(cursor: str | None, name: str, kind: type) -> dict[str, Any]:
    """Conditions for what follows the row of the cursor. Raises `CursorUnknownError`."""
    if cursor is None:
        return {}
    found = CURSOR.fullmatch(cursor)
    if found is None or (kind is ObjectId and not ObjectId.is_valid(found["id"])):
        raise CursorUnknownError
    try:
        at = dt.datetime.fromtimestamp(int(found["ms"]) / 1000, dt.UTC)
    except (OverflowError, ValueError) as error:
        raise CursorUnknownError from error
    same = {name: at, "_id": {"$lt": kind(found["id"])}}
    return {name: {"$lte": at}, "$or": [{name: {"$lt": at}}, same]}
