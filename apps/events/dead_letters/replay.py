"""What a person decides about dead letters: send one again with what waits behind it, or give it
up. The copies go through the outbox; `redelivery.py` is the consumer's side of them."""

import base64
import datetime as dt
from typing import Any

from apps.common import mongo
from apps.common.errors import ConflictError, NotFoundError
from apps.events import outbox
from apps.events.dead_letters.records import (
    DISCARDED,
    FAILED,
    PARKED,
    REPLAYED,
    REPLAYING,
    chain_next,
    chain_open,
    deed,
)
from apps.events.inbox import inbox_add, inbox_has
from apps.events.reasons import reason_checked

# A replay that nobody answered for so long may be asked for again: its copy may be lost.
STALE = dt.timedelta(hours=1)


def dead_letter_replay(*, letter_id: str, actor: str, now: dt.datetime) -> list[str]:
    """Sends the letter and those parked behind it once more; returns their ids in order.

    Nothing is sent, and the list is empty, where that is done or under way. `actor` names who
    asked. Raises `NotFoundError`, and `ConflictError` for a discarded letter and for one that
    waits behind another.
    """

    def transaction() -> list[str]:
        letter = letter_get(letter_id)
        if letter["status"] == DISCARDED:
            raise ConflictError("This letter was discarded.", code="LETTER_DISCARDED")
        if letter["status"] == REPLAYED or _is_under_way(letter, now):
            return []
        chain = chain_open(consumer=letter["consumer"], key=letter["key"])
        if chain[0]["_id"] != letter_id:
            raise ConflictError(
                f"This letter waits behind {chain[0]['_id']}. Replay or discard that one first.",
                code="LETTER_WAITS",
                letter_id=chain[0]["_id"],
            )
        return _send_next(chain, actor=actor, now=now)

    return mongo.run_in_transaction(transaction)


def dead_letter_discard(*, letter_id: str, reason: str, actor: str, now: dt.datetime) -> list[str]:
    """Gives the letter up for good; what waited behind it is sent, and its ids are returned.

    Discarding again changes nothing. Raises `NotFoundError`, `InvalidInputError` without a
    reason, and `ConflictError` for a letter that is replayed or on its way.
    """
    reason = reason_checked(reason)

    def transaction() -> list[str]:
        letter = letter_get(letter_id)
        if letter["status"] == DISCARDED:
            return []
        if letter["status"] not in {FAILED, PARKED}:
            raise ConflictError(f"This letter is {letter['status']}.", code="LETTER_REPLAYED")
        mongo.collection("dead_letters").update_one(
            {"_id": letter_id},
            {
                "$set": {"status": DISCARDED},
                "$push": {"history": deed("discard", actor=actor, now=now, note=reason)},
            },
            session=mongo.session(),
        )
        _remember(letter, now=now)
        return followers_send(letter, actor=actor, now=now)

    return mongo.run_in_transaction(transaction)


def followers_send(letter: dict[str, Any], *, actor: str, now: dt.datetime) -> list[str]:
    """Sends what is parked at the head of the letter's chain; nothing while others are before."""
    chain = chain_open(consumer=letter["consumer"], key=letter["key"])
    if not chain or chain[0]["status"] != PARKED:
        return []
    return _send_next(chain, actor=actor, now=now)


def _send_next(chain: list[dict[str, Any]], *, actor: str, now: dt.datetime) -> list[str]:
    sent = chain_next(chain)
    for letter in sent:
        _send(letter, actor=actor, now=now)
    return [letter["_id"] for letter in sent]


def _send(letter: dict[str, Any], *, actor: str, now: dt.datetime) -> None:
    number = letter.get("replays", 0) + 1
    mongo.collection("dead_letters").update_one(
        {"_id": letter["_id"]},
        {
            "$set": {"status": REPLAYING, "replays": number, "replayed_at": now},
            "$push": {"history": deed("replay", actor=actor, now=now)},
        },
        session=mongo.session(),
    )
    outbox.add_copy(
        base64.b64decode(letter["value"]),
        headers={
            **letter["headers"],
            "replay_of": letter["_id"],
            "replay_for": letter["consumer"],
            "replay_number": str(number),
        },
        aggregate_id=f"replay:{letter['consumer']}:{letter['key']}",
        key=letter["key"],
        topic=letter["topic"],
        now=now,
    )


def letter_get(letter_id: str) -> dict[str, Any]:
    """Raises `NotFoundError`."""
    found = mongo.collection("dead_letters").find_one({"_id": letter_id}, session=mongo.session())
    if found is None:
        raise NotFoundError("There is no such dead letter.")
    return found


def _is_under_way(letter: dict[str, Any], now: dt.datetime) -> bool:
    if letter["status"] != REPLAYING:
        return False
    sent_at: dt.datetime = letter["replayed_at"].replace(tzinfo=dt.UTC)
    return now - sent_at < STALE


def _remember(letter: dict[str, Any], *, now: dt.datetime) -> None:
    """As if handled: the event takes no effect either when Kafka delivers it again."""
    message_id = f"{letter['consumer']}:{letter['event_id']}"
    if letter["event_id"] and not inbox_has(message_id):
        inbox_add(message_id, now=now)
