import datetime as dt
from typing import TypedDict

from bson import ObjectId

from apps.common.rows import Rows
from apps.messaging.models import Block, Message, Report, SavedReply, Thread


class ViewRow(TypedDict):
    unread: int
    read_to: int
    archived: bool


class ThreadRow(TypedDict):
    _id: ObjectId
    guest_id: ObjectId
    host_id: ObjectId
    listing_id: ObjectId
    guest_view: ViewRow
    host_view: ViewRow
    length: int
    preview: str
    preview_by: str
    last_at: dt.datetime
    confirmed_at: dt.datetime | None
    asked_at: dt.datetime | None
    answered_at: dt.datetime | None
    created_at: dt.datetime


class MessageRow(TypedDict):
    """`check_in` and `check_out` are days as YYYY-MM-DD."""

    _id: str
    thread_id: ObjectId
    number: int
    guest_id: ObjectId
    host_id: ObjectId
    kind: str
    by: str
    text: str
    words: str
    booking_id: ObjectId | None
    event: str
    check_in: str
    check_out: str
    at: dt.datetime
    hidden_at: dt.datetime | None


class BlockRow(TypedDict):
    _id: str
    blocker_id: ObjectId
    blocked_person_id: ObjectId
    created_at: dt.datetime


class ReportRow(TypedDict):
    _id: str
    thread_id: ObjectId
    message_id: str
    reporter_person_id: ObjectId
    reported_person_id: ObjectId
    reason: str
    text: str
    quoted: str
    status: str
    decision: str
    staff_id: ObjectId | None
    decided_at: dt.datetime | None
    created_at: dt.datetime


class SavedReplyRow(TypedDict):
    _id: ObjectId
    host_id: ObjectId
    title: str
    text: str
    updated_at: dt.datetime


threads: Rows[ThreadRow] = Rows(Thread)
messages: Rows[MessageRow] = Rows(Message)
blocks: Rows[BlockRow] = Rows(Block)
reports: Rows[ReportRow] = Rows(Report)
saved_replies: Rows[SavedReplyRow] = Rows(SavedReply)
