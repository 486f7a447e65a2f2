"""The consumer's side of a replay: a copy counts only as the answer to the latest request."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from apps.events.dead_letters import records
from apps.events.dead_letters.records import (
    BLOCKED,
    FAILED,
    REPLAYED,
    REPLAYING,
    audit_entry,
    chain_open,
)
from apps.events.dead_letters.replay import blocked_send
from apps.events.inbox import inbox_add, inbox_has
from apps.events.rows import DeadLetterRow, dead_letters

CONSUMER = "consumer"
MAX_NOTE = 500


@dataclass(frozen=True)
class Redelivery:
    """The copy of a dead letter, as its headers name it."""

    dead_letter_id: str
    consumer: str
    number: int

    @classmethod
    def of(cls, record: Any) -> Self | None:
        headers = {name: value.decode(errors="replace") for name, value in record.headers or []}
        if "replay_of" not in headers:
            return None
        number = headers.get("replay_number", "")
        return cls(
            dead_letter_id=headers["replay_of"],
            consumer=headers.get("replay_for", ""),
            number=int(number) if number.isdecimal() else 0,
        )

    def awaited(self) -> DeadLetterRow | None:
        """Returns the dead letter while this answers its latest replay; in a transaction.

        One that comes before its turn is blocked again, to be sent after what is ahead of it.
        """
        mine = {"_id": self.dead_letter_id, "status": REPLAYING, "replays": self.number}
        found = dead_letters.find_one(mine)
        if found is None:
            return None
        head = chain_open(consumer=found["consumer"], key=found["key"])[0]
        if head["_id"] == self.dead_letter_id:
            return found
        dead_letters.update_one(mine, {"$set": {"status": BLOCKED}})
        return None


def apply_copy(
    copy: Redelivery, message_id: str, effect: Callable[[], None], *, now: dt.datetime
) -> None:
    """Marks the dead letter as replayed, in the transaction of the effect; a copy that does not
    count is skipped."""
    found = copy.awaited()
    if found is None:
        return
    if not inbox_has(message_id):
        inbox_add(message_id, now=now)
        effect()
    mark_replayed(found, now=now)


def mark_replayed(row: DeadLetterRow, *, now: dt.datetime) -> None:
    """Notes that it took effect, and sends what was blocked behind it meanwhile."""
    entry = audit_entry("settle", actor=CONSUMER, now=now)
    dead_letters.update_one(
        {"_id": row["_id"]}, {"$set": {"status": REPLAYED}, "$push": {"history": entry}}
    )
    blocked_send(row, actor=CONSUMER, now=now)


def fail_again(row: DeadLetterRow, *, error: str, attempts: int, now: dt.datetime) -> None:
    """Marks it as failed again, and blocks those that were sent behind it."""
    failure: Mapping[str, Any] = {
        "status": FAILED,
        "error": error,
        "attempts": row["attempts"] + attempts,
        "last_failed_at": now,
    }
    entry = audit_entry("fail", actor=CONSUMER, now=now, note=error[:MAX_NOTE])
    dead_letters.update_one({"_id": row["_id"]}, {"$set": failure, "$push": {"history": entry}})
    dead_letters.update_many(
        {"consumer": row["consumer"], "key": row["key"], "status": REPLAYING},
        {"$set": {"status": BLOCKED}},
    )
    failed = cast("DeadLetterRow", {**row, **failure})
    records.publish(failed, version=row.get("replays", 0) + 1, now=now)
