"""Events that Kafka does not take, such as one that is too large: set aside with their aggregate,
so that all others go on, until a person has them tried again or gives them up."""

import datetime as dt
from typing import Any

from apps.common import mongo
from apps.common.errors import ConflictError, NotFoundError
from apps.events.reasons import reason_checked

REFUSED = {"refused_at": {"$type": "date"}}


def set_aside(row_id: str, *, error: str, now: dt.datetime) -> None:
    mongo.collection("outbox").update_one(
        {"_id": row_id, "published_at": None}, {"$set": {"refused_at": now, "error": error}}
    )


def suspect(row_ids: list[str]) -> None:
    """One of them was refused, and Kafka does not say which: each is sent alone from now on."""
    mongo.collection("outbox").update_many({"_id": {"$in": row_ids}}, {"$inc": {"refusals": 1}})


def outbox_retry(*, row_id: str) -> None:
    """Raises `NotFoundError`, and `ConflictError` for an event that is not set aside."""
    _change(row_id, {"$unset": {"refused_at": "", "error": ""}})


def outbox_give_up(*, row_id: str, reason: str, actor: str, now: dt.datetime) -> None:
    """Nobody will be told of it; later events of its aggregate go on. Raises `NotFoundError`,
    `InvalidInputError` without a reason, `ConflictError` for an event that is not set aside."""
    error = f"given up by {actor}: {reason_checked(reason)}"
    _change(row_id, {"$set": {"published_at": now, "error": error}, "$unset": {"refused_at": ""}})


def _change(row_id: str, change: dict[str, Any]) -> None:
    outbox, session = mongo.collection("outbox"), mongo.session()
    changed = outbox.update_one({"_id": row_id, **REFUSED}, change, session=session)
    if changed.matched_count:
        return
    if outbox.find_one({"_id": row_id}, {"_id": 1}, session=session) is None:
        raise NotFoundError("There is no such event.")
    raise ConflictError("This event is not set aside.", code="EVENT_NOT_REFUSED")
