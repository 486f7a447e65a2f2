"""Staff replay a dead letter with what is blocked behind it, or discard it. The
copies go through the outbox; `redelivery.py` is the consumer's side of them."""

import base64
import datetime as dt
from typing import ClassVar

from apps.common import mongo
from apps.common.errors import ConflictError, NotFoundError
from apps.events import outbox
from apps.events.dead_letters.records import (
    BLOCKED,
    DISCARDED,
    FAILED,
    REPLAYED,
    REPLAYING,
    audit_entry,
    chain_next,
    chain_open,
)
from apps.events.inbox import inbox_add, inbox_has
from apps.events.reasons import reason_checked
from apps.events.rows import DeadLetterRow, dead_letters

# A replay without an answer for so long may be requested again: its copy may be lost.
STALE = dt.timedelta(hours=1)


class DeadLetterUnknownError(NotFoundError):
    sentence = "There is no such dead letter."


class DeadLetterDiscardedError(ConflictError):
    code = "LETTER_DISCARDED"
    sentence = "This dead letter was discarded."


class DeadLetterBlockedError(ConflictError):
    code = "LETTER_WAITS"
    sentence = "This dead letter is blocked behind {first}. Replay or discard that one first."
    sample: ClassVar = {"first": "owners:booking-updates:0:17"}


class DeadLetterNotDiscardableError(ConflictError):
    code = "LETTER_REPLAYED"
    sentence = "This dead letter is {status}, so it cannot be discarded."
    sample: ClassVar = {"status": REPLAYED}


def dead_letter_replay(*, dead_letter_id: str, actor: str, now: dt.datetime) -> list[str]:
    """Sends it once more with those that are blocked behind it; returns their ids in order.

    Nothing is sent, and the list is empty, where that is done or under way. `actor` names who
    requested it. Raises `DeadLetterUnknownError`, `DeadLetterDiscardedError` and
    `DeadLetterBlockedError`.
    """

    def transaction() -> list[str]:
        row = dead_letter_get(dead_letter_id)
        if row["status"] == DISCARDED:
            raise DeadLetterDiscardedError
        if row["status"] == REPLAYED or _is_under_way(row, now):
            return []
        chain = chain_open(consumer=row["consumer"], key=row["key"])
        first = chain[0]["_id"]
        if first != dead_letter_id:
            raise DeadLetterBlockedError(first=first, details={"letter_id": first})
        return _send_next(chain, actor=actor, now=now)

    return mongo.run_in_transaction(transaction)


def dead_letter_discard(
    *, dead_letter_id: str, reason: str, actor: str, now: dt.datetime
) -> list[str]:
    """Discards it for good; what was blocked behind it is sent, and its ids are returned.

    Discarding again changes nothing. Raises `DeadLetterUnknownError`, `ReasonLengthError` and
    `DeadLetterNotDiscardableError`.
    """
    reason = reason_checked(reason)

    def transaction() -> list[str]:
        row = dead_letter_get(dead_letter_id)
        if row["status"] == DISCARDED:
            return []
        if row["status"] not in {FAILED, BLOCKED}:
            raise DeadLetterNotDiscardableError(status=row["status"])
        entry = audit_entry("discard", actor=actor, now=now, note=reason)
        dead_letters.update_one(
            {"_id": dead_letter_id},
            {"$set": {"status": DISCARDED}, "$push": {"history": entry}},
        )
        _note_as_handled(row, now=now)
        return blocked_send(row, actor=actor, now=now)

    return mongo.run_in_transaction(transaction)


def blocked_send(row: DeadLetterRow, *, actor: str, now: dt.datetime) -> list[str]:
    """Sends what is blocked at the head of the chain; nothing while others are before it."""
    chain = chain_open(consumer=row["consumer"], key=row["key"])
    if not chain or chain[0]["status"] != BLOCKED:
        return []
    return _send_next(chain, actor=actor, now=now)


def _send_next(chain: list[DeadLetterRow], *, actor: str, now: dt.datetime) -> list[str]:
    sent = chain_next(chain)
    for row in sent:
        _send(row, actor=actor, now=now)
    return [row["_id"] for row in sent]


def _send(row: DeadLetterRow, *, actor: str, now: dt.datetime) -> None:
    number = row.get("replays", 0) + 1
    dead_letters.update_one(
        {"_id": row["_id"]},
        {
            "$set": {"status": REPLAYING, "replays": number, "replayed_at": now},
            "$push": {"history": audit_entry("replay", actor=actor, now=now)},
        },
    )
    outbox.add_copy(
        base64.b64decode(row["value"]),
        headers={
            **row["headers"],
            "replay_of": row["_id"],
            "replay_for": row["consumer"],
            "replay_number": str(number),
        },
        aggregate_id=f"replay:{row['consumer']}:{row['key']}",
        key=row["key"],
        topic=row["topic"],
        now=now,
    )


def dead_letter_get(dead_letter_id: str) -> DeadLetterRow:
    """Raises `DeadLetterUnknownError`."""
    found = dead_letters.find_one({"_id": dead_letter_id})
    if found is None:
        raise DeadLetterUnknownError
    return found


def _is_under_way(row: DeadLetterRow, now: dt.datetime) -> bool:
    sent_at = row.get("replayed_at")
    if row["status"] != REPLAYING or sent_at is None:
        return False
    return now - sent_at.replace(tzinfo=dt.UTC) < STALE


def _note_as_handled(row: DeadLetterRow, *, now: dt.datetime) -> None:
    """Has the event take no effect either when Kafka delivers it again."""
    message_id = f"{row['consumer']}:{row['event_id']}"
    if row["event_id"] and not inbox_has(message_id):
        inbox_add(message_id, now=now)
