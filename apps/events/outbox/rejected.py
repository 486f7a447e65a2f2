"""Events that Kafka rejects, such as one that is too large: they are set aside with the later ones
of their aggregate, so that all others go on, until staff retry them or give them up."""

import datetime as dt
from typing import Any

from apps.common.errors import ConflictError, NotFoundError
from apps.events.reasons import reason_checked
from apps.events.rows import outbox_messages

REJECTED = {"refused_at": {"$type": "date"}}


class EventUnknownError(NotFoundError):
    sentence = "There is no such event."


class EventNotRejectedError(ConflictError):
    code = "EVENT_NOT_REFUSED"
    sentence = "Kafka did not reject this event: there is nothing to retry or to give up."


def set_aside(row_id: str, *, error: str, now: dt.datetime) -> None:
    outbox_messages.update_one(
        {"_id": row_id, "published_at": None}, {"$set": {"refused_at": now, "error": error}}
    )


def suspect(row_ids: list[str]) -> None:
    """Has each sent alone from now on: one of them was rejected, and Kafka does not say which."""
    outbox_messages.update_many({"_id": {"$in": row_ids}}, {"$inc": {"refusals": 1}})


def outbox_retry(*, row_id: str) -> None:
    """Raises `EventUnknownError` and `EventNotRejectedError`."""
    _change(row_id, {"$unset": {"refused_at": "", "error": ""}})


def outbox_give_up(*, row_id: str, reason: str, actor: str, now: dt.datetime) -> None:
    """Discards the event: no consumer gets it, and later events of its aggregate go on. Raises
    `EventUnknownError`, `EventNotRejectedError` and, without a reason, `ReasonLengthError`."""
    error = f"given up by {actor}: {reason_checked(reason)}"
    _change(row_id, {"$set": {"published_at": now, "error": error}, "$unset": {"refused_at": ""}})


def _change(row_id: str, change: dict[str, Any]) -> None:
    if outbox_messages.update_one({"_id": row_id, **REJECTED}, change).matched_count:
        return
    if not outbox_messages.exists({"_id": row_id}):
        raise EventUnknownError
    raise EventNotRejectedError
