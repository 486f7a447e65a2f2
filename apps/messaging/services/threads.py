"""The row of a thread: made once for a guest and a listing, and what each side does with it."""

import datetime as dt

from bson import ObjectId
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from apps.bookings.selectors import guest_had_confirmed
from apps.common import mongo
from apps.messaging.enums import Author, MessageKind, Side
from apps.messaging.replies import ThreadStateReply, person_of, view_of
from apps.messaging.rows import BlockRow, ThreadRow, ViewRow, blocks, messages, threads
from apps.messaging.selectors import block_id, is_blocked, thread_side, thread_stored
from apps.notifications.services import notifications_read_of_thread


def thread_of(
    *, guest_id: ObjectId, host_id: ObjectId, listing_id: ObjectId, now: dt.datetime
) -> ThreadRow:
    """Returns the thread of a guest and a listing, in the running transaction, and makes it if it
    is the first time."""
    found = threads.find_one({"guest_id": guest_id, "listing_id": listing_id})
    if found is not None:
        return found
    had_confirmed = guest_had_confirmed(guest_id=guest_id, listing_id=listing_id)
    row: ThreadRow = {
        "_id": ObjectId(),
        "guest_id": guest_id,
        "host_id": host_id,
        "listing_id": listing_id,
        "guest_view": _new_view(),
        "host_view": _new_view(),
        "length": 0,
        "preview": "",
        "preview_by": Author.SYSTEM.value,
        "last_at": now,
        "confirmed_at": now if had_confirmed else None,
        "asked_at": None,
        "answered_at": None,
        "created_at": now,
    }
    try:
        threads.insert_one(row)
    except DuplicateKeyError as error:
        # Another call has made it since this transaction began to read.
        raise mongo.StartAnewError from error
    return row


def _new_view() -> ViewRow:
    return {"unread": 0, "read_to": 0, "archived": False}


def thread_read(
    *, thread_id: ObjectId, person_id: ObjectId, number: int, now: dt.datetime
) -> ThreadStateReply:
    """Notes that the person has read up to a message, in the thread and in their feed. What was
    read once stays so. Raises `ThreadUnknownError`."""

    def act() -> ThreadStateReply:
        thread = thread_stored(thread_id, person_id=person_id)
        side = thread_side(thread, person_id)
        read_to = max(view_of(thread, side)["read_to"], min(number, thread["length"]))
        after = {
            "thread_id": thread_id,
            "number": {"$gt": read_to},
            "kind": MessageKind.TEXT.value,
            "by": side.other.value,
        }
        changed = _change(
            thread, side, read_to=read_to, unread=messages.count(after, hint="thread_number")
        )
        notifications_read_of_thread(user_id=person_id, thread_id=str(thread_id), now=now)
        return thread_state(changed, side)

    return mongo.run_in_transaction(act)


def thread_archive(
    *, thread_id: ObjectId, person_id: ObjectId, is_archived: bool
) -> ThreadStateReply:
    """Moves it to the archive of this person, or back: the next message does so too. Raises
    `ThreadUnknownError`."""

    def act() -> ThreadStateReply:
        thread = thread_stored(thread_id, person_id=person_id)
        side = thread_side(thread, person_id)
        return thread_state(_change(thread, side, archived=is_archived), side)

    return mongo.run_in_transaction(act)


def thread_block(
    *, thread_id: ObjectId, person_id: ObjectId, is_blocked: bool, now: dt.datetime
) -> ThreadStateReply:
    """Keeps the other person of a thread from writing to this one, in all threads, and the other
    way round; or lifts that. Raises `ThreadUnknownError`."""

    def act() -> ThreadStateReply:
        thread = thread_stored(thread_id, person_id=person_id)
        side = thread_side(thread, person_id)
        other_id = person_of(thread, side.other)
        key = block_id(person_id, other_id)
        if is_blocked:
            row: BlockRow = {
                "_id": key,
                "blocker_id": person_id,
                "blocked_person_id": other_id,
                "created_at": now,
            }
            blocks.update_one({"_id": key}, {"$setOnInsert": row}, upsert=True)
        else:
            blocks.delete_one({"_id": key})
        return thread_state(thread, side)

    return mongo.run_in_transaction(act)


def thread_state(thread: ThreadRow, side: Side) -> ThreadStateReply:
    view = view_of(thread, side)
    return ThreadStateReply(
        is_archived=view["archived"],
        is_blocked_by_you=is_blocked(
            by=person_of(thread, side), person_id=person_of(thread, side.other)
        ),
        unread=view["unread"],
    )


def _change(thread: ThreadRow, side: Side, **values: int) -> ThreadRow:
    changed = threads.find_one_and_update(
        {"_id": thread["_id"]},
        {"$set": {f"{side}_view.{name}": value for name, value in values.items()}},
        return_document=ReturnDocument.AFTER,
    )
    return changed or thread
