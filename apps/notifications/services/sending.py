"""Sends the e-mails that are due. One is locked for some minutes, sent, then marked: where its
sender dies in between, it is sent again with the same Message-ID."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from pymongo import ReturnDocument

from apps.notifications.clients.mail import MailDeferredError, Mailer, MailRejectedError
from apps.notifications.enums import KINDS, EmailStatus
from apps.notifications.metrics import EMAILS, OLDEST
from apps.notifications.rows import EmailRow, emails
from apps.notifications.selectors import notification_was_read
from apps.notifications.services.messages import email_message
from apps.notifications.services.preferences import delivery_preference

logger = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]
AT_ONCE = 100
AT_MOST = dt.timedelta(seconds=20)
OUTAGES_AT_ONCE = 3
# Longer than a mail server that answers each step just in time can hold a message up.
LOCK = dt.timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = 30, 3600
# Half a minute, then twice as long after each try up to an hour: six hours in all.
TRIES = 12
UNSENT = [EmailStatus.PENDING.value, EmailStatus.SENDING.value]


def emails_send_due(*, clock: Clock) -> int:
    """Returns how many were sent. Several may run at once: one locks each e-mail. A run is bounded
    in number and time, and does not ask a server that is down for long."""
    until, sent, outages = clock() + AT_MOST, 0, 0
    with Mailer() as mailer:
        for _ in range(AT_ONCE):
            email = _lock_next(clock())
            if email is None:
                break
            outcome, is_outage = _send(email, mailer, clock)
            EMAILS.labels(outcome).inc()
            sent += outcome == "sent"
            outages += is_outage
            if outages == OUTAGES_AT_ONCE or clock() > until:
                break
    OLDEST.set(_oldest_age(clock()))
    return sent


def _lock_next(now: dt.datetime) -> EmailRow | None:
    return emails.find_one_and_update(
        {"status": {"$in": UNSENT}, "next_at": {"$lte": now}},
        {
            "$set": {"status": EmailStatus.SENDING.value, "next_at": now + LOCK},
            "$inc": {"attempts": 1},
        },
        sort=[("next_at", 1)],
        return_document=ReturnDocument.AFTER,
    )


def _send(email: EmailRow, mailer: Mailer, clock: Clock) -> tuple[str, bool]:
    """Returns what became of it, and whether the server is down."""
    preference = delivery_preference(email["user_id"], email["kind"])
    address = email.get("recipient") or preference.address
    if preference.why_no_email and not email.get("recipient"):
        _mark(email, EmailStatus.SKIPPED, problem=preference.why_no_email)
        return "skipped", False
    if _was_read(email):
        _mark(email, EmailStatus.SKIPPED, problem="The person has read it in the feed.")
        return "skipped", False
    try:
        mailer.send(email_message(email, preference, now=clock()))
    except MailRejectedError as error:
        _mark(email, EmailStatus.FAILED, problem=str(error), address=address)
        return "failed", False
    except MailDeferredError as error:
        return _later(email, str(error), clock()), error.is_outage
    except Exception as error:
        logger.exception("emails.broken", extra={"email_id": email["_id"]})
        return _later(email, f"It cannot be written: {type(error).__name__}", clock()), False
    _mark(email, EmailStatus.SENT, problem="", address=address, sent_at=clock())
    return "sent", False


def _was_read(email: EmailRow) -> bool:
    """Of a kind whose e-mail waits for that."""
    known = KINDS.get(email["kind"])
    return bool(known and known.email_waits and notification_was_read(email["_id"]))


def _later(email: EmailRow, problem: str, now: dt.datetime) -> str:
    if email["attempts"] >= TRIES:
        _mark(email, EmailStatus.FAILED, problem=f"{problem} Given up after {TRIES} tries.")
        return "failed"
    seconds = min(FIRST_WAIT * 2 ** (email["attempts"] - 1), LONGEST_WAIT)
    next_at = now + dt.timedelta(seconds=seconds)
    _mark(email, EmailStatus.PENDING, problem=problem, next_at=next_at)
    return "later"


def _mark(email: EmailRow, status: EmailStatus, *, problem: str, **values: Any) -> None:
    """Marks it, unless the lock expired and another sender has the e-mail."""
    marked = emails.update_one(
        {
            "_id": email["_id"],
            "status": EmailStatus.SENDING.value,
            "attempts": email["attempts"],
        },
        {"$set": {"status": status.value, "problem": problem[:300], **values}},
    )
    if not marked.matched_count:
        logger.warning("emails.lock_lapsed", extra={"email_id": email["_id"]})


def _oldest_age(now: dt.datetime) -> float:
    oldest = emails.find_one(
        {"status": {"$in": UNSENT}}, {"created_at": 1}, sort=[("created_at", 1)]
    )
    if oldest is None:
        return 0.0
    age = now - oldest["created_at"].replace(tzinfo=dt.UTC)
    return float(age.total_seconds())
