"""Messages that somebody reports to support, and what support decides about them."""

import datetime as dt
from typing import ClassVar, NamedTuple

from bson import ObjectId
from django.conf import settings

from apps.common import mongo
from apps.common.errors import ConflictError, NotFoundError, RateLimitedError
from apps.events.notify import notify_person
from apps.messaging.enums import MessageKind, ReportStatus
from apps.messaging.replies import MessageReportReply, person_of
from apps.messaging.rows import MessageRow, ReportRow, messages, reports, threads
from apps.messaging.selectors import thread_side, thread_stored

DAY = dt.timedelta(days=1)
HIDDEN_PREVIEW = "Support has hidden this message."


class MessageUnknownError(NotFoundError):
    sentence = "There is no such message of the other person in this thread."


class ReportUnknownError(NotFoundError):
    sentence = "There is no such report."


class ReportDecidedError(ConflictError):
    code = "REPORT_DECIDED"
    sentence = "This report is decided already."


class TooManyReportsError(RateLimitedError):
    code = "TOO_MANY_REPORTS"
    sentence = "You have reported {count} messages within a day. Write to support instead."
    sample: ClassVar = {"count": 20}
    retry_after = 3600


class Reported(NamedTuple):
    reply: MessageReportReply
    is_new: bool


def message_report(
    *,
    thread_id: ObjectId,
    person_id: ObjectId,
    message_id: str,
    reason: str,
    text: str,
    now: dt.datetime,
) -> Reported:
    """Puts a message of the other person into the queue of support, once for each reporter. Raises
    `ThreadUnknownError`, `MessageUnknownError` and `TooManyReportsError`."""

    def act() -> Reported:
        thread = thread_stored(thread_id, person_id=person_id)
        other = thread_side(thread, person_id).other
        message = messages.find_one({"_id": message_id, "thread_id": thread_id})
        if message is None or (message["kind"], message["by"]) != (MessageKind.TEXT, other):
            raise MessageUnknownError
        key = f"{person_id}:{message_id}"
        if stored := reports.find_one({"_id": key}):
            return Reported(MessageReportReply.of(stored), is_new=False)
        _check_limit(person_id, now)
        row: ReportRow = {
            "_id": key,
            "thread_id": thread_id,
            "message_id": message_id,
            "reporter_person_id": person_id,
            "reported_person_id": person_of(thread, other),
            "reason": reason,
            "text": text,
            "quoted": message["text"],
            "status": ReportStatus.OPEN.value,
            "decision": "",
            "staff_id": None,
            "decided_at": None,
            "created_at": now,
        }
        reports.update_one({"_id": key}, {"$setOnInsert": row}, upsert=True)
        return Reported(MessageReportReply.of(row), is_new=True)

    return mongo.run_in_transaction(act)


def _check_limit(person_id: ObjectId, now: dt.datetime) -> None:
    made = {"reporter_person_id": person_id, "created_at": {"$gt": now - DAY}}
    if reports.count(made, hint="reporter_newest") >= settings.REPORTS_A_DAY:
        raise TooManyReportsError(count=settings.REPORTS_A_DAY)


def report_decide(
    *,
    report_id: str,
    status: ReportStatus,
    decision: str,
    staff_id: ObjectId,
    now: dt.datetime,
) -> None:
    """Notes in the running transaction what support decided, and tells the reporter; where the
    message is hidden, its author too. Raises `ReportUnknownError` and `ReportDecidedError`."""
    report = reports.find_one({"_id": report_id})
    if report is None:
        raise ReportUnknownError
    decided = reports.update_one(
        {"_id": report_id, "status": ReportStatus.OPEN.value},
        {
            "$set": {
                "status": status.value,
                "decision": decision,
                "staff_id": staff_id,
                "decided_at": now,
            }
        },
    )
    if not decided.matched_count:
        raise ReportDecidedError
    _notify(report, "report_decided", report["reporter_person_id"], decision, now=now)
    if status is ReportStatus.HIDDEN:
        _hide(report["message_id"], now=now)
        _notify(report, "message_hidden", report["reported_person_id"], decision, now=now)


def _hide(message_id: str, *, now: dt.datetime) -> None:
    message = messages.find_one_and_update(
        {"_id": message_id}, {"$set": {"hidden_at": now, "words": ""}}
    )
    if message is not None:
        _hide_preview(message)


def _hide_preview(message: MessageRow) -> None:
    last = {"_id": message["thread_id"], "length": message["number"]}
    threads.update_one(last, {"$set": {"preview": HIDDEN_PREVIEW}})


def _notify(
    report: ReportRow, kind: str, user_id: ObjectId, decision: str, *, now: dt.datetime
) -> None:
    notify_person(
        event_id=f"{kind.replace('_', '-')}-{report['message_id']}"[:60],
        user_id=user_id,
        kind=kind,
        values={"decision": decision, "thread_id": str(report["thread_id"])},
        now=now,
    )
