"""Checks that dead letters are complete, and does with them what a person does."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
# What a dead letter and its message in booking-dlq both have, and the names that differ there.
FIELDS = ("consumer", "key", "error", "attempts", "value")
ORIGIN = {
    "topic": "origin_topic",
    "partition": "origin_partition",
    "offset": "origin_offset",
    "event_id": "origin_event_id",
}
TIMES = ("first_failed_at", "last_failed_at")
DeadLetter = Mapping[str, Any]


def replay_one(dead_letter: DeadLetter) -> str:
    """Does what a person does. Editing a message joins here: until then a message that no code can
    read is discarded, and what is blocked behind it goes on."""
    args = {"dead_letter_id": dead_letter["_id"], "actor": ACTOR, "now": utc_now()}
    if dead_letter["error"].startswith("SchemaError"):
        return f"discarded, {len(dead_letter_discard(reason=REASON, **args))} behind it sent"
    return f"replayed, {len(dead_letter_replay(**args))} sent"


def replay_or_discard(dead_letters: Iterable[DeadLetter]) -> list[str]:
    return [
        f"{dead_letter['error'][:70]}: {replay_one(dead_letter)}" for dead_letter in dead_letters
    ]


def replay_again(dead_letters: Iterable[DeadLetter]) -> int:
    """Returns how many messages a second replay sends; it must be none."""
    sent = 0
    for dead_letter in dead_letters:
        try:
            sent += len(
                dead_letter_replay(dead_letter_id=dead_letter["_id"], actor=ACTOR, now=utc_now())
            )
        except ConflictError:
            continue
    return sent


def incomplete(dead_letters: Sequence[DeadLetter]) -> Iterator[str]:
    """Dead letters that lack something, or whose message in booking-dlq does."""
    sent = {
        (one["consumer"], one["origin_topic"], one["origin_partition"], one["origin_offset"]): one
        for one in _messages(len(dead_letters))
    }
    for dead_letter in dead_letters:
        names = ("consumer", "topic", "partition", "offset")
        message = sent.get(tuple(dead_letter[name] for name in names), {})
        if lacking := list(_lacking(dead_letter, message)):
            yield f"{dead_letter['_id']} lacks {', '.join(lacking)}"


def _messages(count: int) -> Iterator[dict[str, Any]]:
    """Those of booking-dlq, each with its headers under `headers`."""
    with wire.client() as reader:
        tp = TopicPartition(wire_name(BOOKING_DLQ), 0)
        reader.assign([tp])
        reader.seek_to_beginning(tp)
        for one in _read(reader, count):
            yield {**orjson.loads(one.value), "headers": dict(one.headers)}


def _lacking(dead_letter: DeadLetter, message: dict[str, Any]) -> Iterator[str]:
    if message.get("headers", {}).get("event_id", b"").decode() != message.get("event_id"):
        yield "the header event_id"
    for name in FIELDS:
        if dead_letter[name] in ("", 0) or message.get(name) != dead_letter[name]:
            yield name
    for name, there in ORIGIN.items():
        if message.get(there) != dead_letter[name]:
            yield there
    for name in TIMES:
        if message.get(name) != instant(dead_letter[name].replace(tzinfo=dt.UTC)):
            yield name


def _read(reader: KafkaConsumer, count: int) -> list[Any]:
    found: list[Any] = []
    while len(found) < count:
        batch = reader.poll(timeout_ms=READ_MS)
        if not batch:
            break
        found += [message for messages in batch.values() for message in messages]
    return found
