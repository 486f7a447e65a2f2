"""Sends what is due. An e-mail is taken by a compare and set whose lock lapses, sent, then marked:
who dies in between has it sent again with the same Message-ID."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from pymongo import ReturnDocument

from apps.common import mongo
from apps.notifications.clients.mail import Mailer, MailLaterError, MailRefusedError
from apps.notifications.enums import EmailStatus
from apps.notifications.metrics import EMAILS, OLDEST
from apps.notifications.services.letters import letter
from apps.notifications.services.preferences import wish_of

logger = logging.getLogger(__name__)
Email = dict[str, Any]
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


def emails_sweep(*, clock: Clock) -> int:
    """How many were sent. Several may run at once, each e-mail is one's; a sweep is bounded in
    number and time, and does not ask a server that is down for long."""
    until, sent, outages = clock() + AT_MOST, 0, 0
    with Mailer() as mailer:
        for _ in range(AT_ONCE):
            email = _taken(clock())
            if email is None:
                break
            outcome, is_outage = _handled(email, mailer, clock)
            EMAILS.labels(outcome).inc()
            sent += outcome == "sent"
            outages += is_outage
            if outages == OUTAGES_AT_ONCE or clock() > until:
                break
    OLDEST.set(_oldest_age(clock()))
    return sent


def _taken(now: dt.datetime) -> Email | None:
    return mongo.collection("emails").find_one_and_update(
        {"status": {"$in": UNSENT}, "next_at": {"$lte": now}},
        {
            "$set": {"status": EmailStatus.SENDING.value, "next_at": now + LOCK},
            "$inc": {"attempts": 1},
        },
        sort=[("next_at", 1)],
        return_document=ReturnDocument.AFTER,
    )


def _handled(email: Email, mailer: Mailer, clock: Clock) -> tuple[str, bool]:
    """What became of it, and whether the server is down."""
    wish = wish_of(email["user_id"], email["kind"])
    if wish.why_no_email:
        _mark(email, EmailStatus.SKIPPED, problem=wish.why_no_email)
        return "skipped", False
    try:
        mailer.send(letter(email, wish))
    except MailRefusedError as error:
        _mark(email, EmailStatus.FAILED, problem=str(error), address=wish.address)
        return "failed", False
    except MailLaterError as error:
        return _later(email, str(error), clock()), error.is_outage
    except Exception as error:
        logger.exception("emails.broken", extra={"email_id": email["_id"]})
        return _later(email, f"It cannot be written: {type(error).__name__}", clock()), False
    _mark(email, EmailStatus.SENT, problem="", address=wish.address, sent_at=clock())
    return "sent", False


def _later(email: Email, problem: str, now: dt.datetime) -> str:
    if email["attempts"] >= TRIES:
        _mark(email, EmailStatus.FAILED, problem=f"{problem} Given up after {TRIES} tries.")
        return "failed"
    seconds = min(FIRST_WAIT * 2 ** (email["attempts"] - 1), LONGEST_WAIT)
    next_at = now + dt.timedelta(seconds=seconds)
    _mark(email, EmailStatus.PENDING, problem=problem, next_at=next_at)
    return "later"


def _mark(email: Email, status: EmailStatus, *, problem: str, **values: Any) -> None:
    """Not where the lock has lapsed and another took the e-mail up."""
    marked = mongo.collection("emails").update_one(
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
    oldest = mongo.collection("emails").find_one(
        {"status": {"$in": UNSENT}}, {"created_at": 1}, sort=[("created_at", 1)]
    )
    if oldest is None:
        return 0.0
    age = now - oldest["created_at"].replace(tzinfo=dt.UTC)
    return float(age.total_seconds())
