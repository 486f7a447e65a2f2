"""Whether dead letters tell all, and what a person does about them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from kafka import KafkaConsumer, TopicPartition

from apps.common.clock import instant, utc_now
from apps.common.errors import ConflictError
from apps.events.dead_letters.replay import dead_letter_discard, dead_letter_replay
from apps.events.topics import BOOKING_DLQ, wire_name
from faults.backbone import wire

ACTOR = "faults"
REASON = "Poison that was sent on purpose"
READ_MS = 30_000
# What a letter and its message in booking-dlq both have, and the names that differ there.
FIELDS = ("consumer", "key", "error", "attempts", "value")
ORIGIN = {
    "topic": "origin_topic",
    "partition": "origin_partition",
    "offset": "origin_offset",
    "event_id": "origin_event_id",
}
TIMES = ("first_failed_at", "last_failed_at")
Letter = dict[str, Any]


def mend_and_replay(letter: Letter) -> str:
    """What a person does about a letter. Editing a message joins here: until then poison that no
    code can read is given up, and what waited behind it goes on."""
    args = {"letter_id": letter["_id"], "actor": ACTOR, "now": utc_now()}
    if letter["error"].startswith("SchemaError"):
        return f"discarded, {len(dead_letter_discard(reason=REASON, **args))} behind it sent"
    return f"replayed, {len(dead_letter_replay(**args))} sent"


def settle(letters: Iterable[Letter]) -> list[str]:
    return [f"{letter['error'][:70]}: {mend_and_replay(letter)}" for letter in letters]


def settle_again(letters: Iterable[Letter]) -> int:
    """How many messages are sent by asking once more for what is done."""
    sent = 0
    for letter in letters:
        try:
            sent += len(
                dead_letter_replay(dead_letter_id=letter["_id"], actor=ACTOR, now=utc_now())
            )
        except ConflictError:
            continue
    return sent


def untold(letters: list[Letter]) -> Iterator[str]:
    """Letters that lack something, or whose message in booking-dlq does."""
    told = {
        (one["consumer"], one["origin_topic"], one["origin_partition"], one["origin_offset"]): one
        for one in _messages(len(letters))
    }
    for letter in letters:
        names = ("consumer", "topic", "partition", "offset")
        message = told.get(tuple(letter[name] for name in names), {})
        if lacking := list(_lacking(letter, message)):
            yield f"{letter['_id']} lacks {', '.join(lacking)}"


def _messages(count: int) -> Iterator[dict[str, Any]]:
    """Those of booking-dlq, each with its headers under `headers`."""
    with wire.client() as reader:
        tp = TopicPartition(wire_name(BOOKING_DLQ), 0)
        reader.assign([tp])
        reader.seek_to_beginning(tp)
        for one in _read(reader, count):
            yield {**orjson.loads(one.value), "headers": dict(one.headers)}


def _lacking(letter: Letter, message: dict[str, Any]) -> Iterator[str]:
    if message.get("headers", {}).get("event_id", b"").decode() != message.get("event_id"):
        yield "the header event_id"
    for name in FIELDS:
        if letter[name] in ("", 0) or message.get(name) != letter[name]:
            yield name
    for name, there in ORIGIN.items():
        if message.get(there) != letter[name]:
            yield there
    for name in TIMES:
        if message.get(name) != instant(letter[name].replace(tzinfo=dt.UTC)):
            yield name


def _read(reader: KafkaConsumer, count: int) -> list[Any]:
    found: list[Any] = []
    while len(found) < count:
        batch = reader.poll(timeout_ms=READ_MS)
        if not batch:
            break
        found += [message for messages in batch.values() for message in messages]
    return found
