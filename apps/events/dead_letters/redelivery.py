"""The consumer's side of a replay: a copy counts only as the answer to the latest request."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from apps.common import mongo
from apps.events.dead_letters import records
from apps.events.dead_letters.records import FAILED, PARKED, REPLAYED, REPLAYING, chain_open, deed
from apps.events.dead_letters.replay import followers_send
from apps.events.inbox import inbox_add, inbox_has

CONSUMER = "consumer"
MAX_NOTE = 500


@dataclass(frozen=True)
class Redelivery:
    """The copy of a dead letter, as its headers name it."""

    letter_id: str
    consumer: str
    number: int

    @classmethod
    def of(cls, record: Any) -> Self | None:
        headers = {name: value.decode(errors="replace") for name, value in record.headers or []}
        if "replay_of" not in headers:
            return None
        number = headers.get("replay_number", "")
        return cls(
            letter_id=headers["replay_of"],
            consumer=headers.get("replay_for", ""),
            number=int(number) if number.isdecimal() else 0,
        )

    def letter_due(self) -> dict[str, Any] | None:
        """The letter, while its latest replay is not answered for; in a transaction.

        One that comes before its turn waits again, to be sent after what is ahead of it.
        """
        letters, session = mongo.collection("dead_letters"), mongo.session()
        mine = {"_id": self.letter_id, "status": REPLAYING, "replays": self.number}
        letter = letters.find_one(mine, session=session)
        if letter is None:
            return None
        head = chain_open(consumer=letter["consumer"], key=letter["key"])[0]
        if head["_id"] == self.letter_id:
            return letter
        letters.update_one(mine, {"$set": {"status": PARKED}}, session=session)
        return None


def take(
    copy: Redelivery, message_id: str, effect: Callable[[], None], *, now: dt.datetime
) -> None:
    """Answers for the letter, in the transaction of the effect; a copy that does not count is
    passed by."""
    letter = copy.letter_due()
    if letter is None:
        return
    if not inbox_has(message_id):
        inbox_add(message_id, now=now)
        effect()
    settle(letter, now=now)


def settle(letter: dict[str, Any], *, now: dt.datetime) -> None:
    """The letter took effect; what was parked meanwhile is sent after it."""
    mongo.collection("dead_letters").update_one(
        {"_id": letter["_id"]},
        {
            "$set": {"status": REPLAYED},
            "$push": {"history": deed("settle", actor=CONSUMER, now=now)},
        },
        session=mongo.session(),
    )
    followers_send(letter, actor=CONSUMER, now=now)


def fail_again(letter: dict[str, Any], *, error: str, attempts: int, now: dt.datetime) -> None:
    """Back to failed, and those sent behind it wait again."""
    letters, session = mongo.collection("dead_letters"), mongo.session()
    total = letter["attempts"] + attempts
    failure = {"status": FAILED, "error": error, "attempts": total, "last_failed_at": now}
    note = deed("fail", actor=CONSUMER, now=now, note=error[:MAX_NOTE])
    letters.update_one(
        {"_id": letter["_id"]}, {"$set": failure, "$push": {"history": note}}, session=session
    )
    letters.update_many(
        {"consumer": letter["consumer"], "key": letter["key"], "status": REPLAYING},
        {"$set": {"status": PARKED}},
        session=session,
    )
    records.publish({**letter, **failure}, version=letter["replays"] + 1, now=now)
