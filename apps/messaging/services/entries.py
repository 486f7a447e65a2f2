"""Adds to a thread, whatever it is: one row, its number, and what both sides see of it."""

import datetime as dt
from typing import Any

from bson import ObjectId
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from apps.common import mongo
from apps.common.text import plain_letters
from apps.messaging.enums import LONGEST_PREVIEW, Author, MessageKind, Side
from apps.messaging.policies import mask
from apps.messaging.replies import line_text
from apps.messaging.rows import MessageRow, ThreadRow, messages, threads


def text_add(
    thread: ThreadRow, side: Side, *, message_id: str, text: str, now: dt.datetime
) -> MessageRow:
    row = _row(thread, message_id, by=Author(side.value), now=now)
    row |= {"kind": MessageKind.TEXT.value, "text": text}
    row["words"] = plain_letters(mask(text).text)
    shown = text if thread["confirmed_at"] else mask(text).text
    first = _first_times(thread, side, now)
    return _add(thread, row, preview=shown, changes=first, unread_of=side.other)


def line_add(
    thread: ThreadRow,
    *,
    message_id: str,
    by: Author,
    booking_id: ObjectId,
    event: str,
    check_in: str,
    check_out: str,
    confirmed_at: dt.datetime | None,
    now: dt.datetime,
) -> MessageRow:
    row = _row(thread, message_id, by=by, now=now)
    row |= {"booking_id": booking_id, "event": event, "check_in": check_in, "check_out": check_out}
    changes = {"confirmed_at": confirmed_at} if confirmed_at else {}
    return _add(thread, row, preview=line_text(row), changes=changes, unread_of=None)


def _first_times(thread: ThreadRow, side: Side, now: dt.datetime) -> dict[str, dt.datetime]:
    if side is Side.GUEST:
        return {} if thread["asked_at"] else {"asked_at": now}
    return {"answered_at": now} if thread["asked_at"] and not thread["answered_at"] else {}


def _row(thread: ThreadRow, message_id: str, *, by: Author, now: dt.datetime) -> MessageRow:
    return {
        "_id": message_id,
        "thread_id": thread["_id"],
        "number": 0,
        "guest_id": thread["guest_id"],
        "host_id": thread["host_id"],
        "kind": MessageKind.BOOKING.value,
        "by": by.value,
        "text": "",
        "words": "",
        "booking_id": None,
        "event": "",
        "check_in": "",
        "check_out": "",
        "at": now,
        "hidden_at": None,
    }


def _add(
    thread: ThreadRow,
    row: MessageRow,
    *,
    preview: str,
    changes: dict[str, dt.datetime],
    unread_of: Side | None,
) -> MessageRow:
    """In the running transaction; the write to the thread puts those who add in a row."""
    counted: dict[str, Any] = {"length": 1}
    if unread_of:
        counted[f"{unread_of}_view.unread"] = 1
    brought_back = {f"{side}_view.archived": False for side in Side}
    shown = {"preview": preview[:LONGEST_PREVIEW], "preview_by": row["by"]}
    changed = threads.find_one_and_update(
        {"_id": thread["_id"]},
        {
            "$inc": counted,
            "$set": {**shown, **brought_back, **changes},
            "$max": {"last_at": row["at"]},
        },
        return_document=ReturnDocument.AFTER,
    )
    assert changed is not None
    row["number"] = changed["length"]
    try:
        messages.insert_one(row)
    except DuplicateKeyError as error:
        # The same message was sent by another call since this transaction began to read.
        raise mongo.StartAnewError from error
    return row
