"""The topics themselves: whether all of them are read, and what was published how often."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.conf import settings
from kafka import KafkaConsumer, TopicPartition

from apps.events.topics import wire_name
from faults.backbone.oracle import READERS

READ_MS = 5000


@dataclass
class Published:
    """`repeated` are messages whose event was on that topic before."""

    messages: int = 0
    repeated: int = 0
    overtaken: list[str] = field(default_factory=list)


def unread(groups: Iterable[str]) -> dict[str, int]:
    """How far behind the ends of its topics a group has committed, by group and partition."""
    behind = {}
    for group in groups:
        with client(group_id=wire_name(group)) as reader:
            topics = [topic for topic, readers in READERS.items() if group in readers]
            for tp, end in _ends(reader, topics).items():
                if end > (done := reader.committed(tp) or 0):
                    behind[f"{group} {tp.topic} {tp.partition}"] = end - done
    return behind


def published() -> Published:
    found, seen = Published(), set()
    newest: dict[tuple[str, str], int] = defaultdict(int)
    for message in _all():
        event = orjson.loads(message.value)
        name = (message.topic, event["event_id"])
        found.messages += 1
        if name in seen:
            found.repeated += 1
            continue
        seen.add(name)
        of_key = (message.topic, event.get("booking_id", ""))
        if "new_status" in event and event["version"] < newest[of_key]:
            found.overtaken.append(f"{of_key}: {event['version']} after {newest[of_key]}")
        newest[of_key] = event["version"]
    return found


def _all() -> Iterator[Any]:
    """Every message, each partition in the order of its offsets."""
    with client() as reader:
        ends = {tp: end for tp, end in _ends(reader, READERS).items() if end}
        reader.assign(list(ends))
        reader.seek_to_beginning(*ends)
        while any(reader.position(tp) < end for tp, end in ends.items()):
            for messages in reader.poll(timeout_ms=READ_MS).values():
                yield from messages


def _ends(reader: KafkaConsumer, topics: Iterable[str]) -> dict[TopicPartition, int]:
    names = [wire_name(topic) for topic in topics]
    tps = [TopicPartition(n, p) for n in names for p in reader.partitions_for_topic(n) or ()]
    found: dict[TopicPartition, int] = reader.end_offsets(tps)
    return found


@contextmanager
def client(**options: Any) -> Iterator[KafkaConsumer]:
    servers = settings.KAFKA_BOOTSTRAP_SERVERS
    made = KafkaConsumer(bootstrap_servers=servers, enable_auto_commit=False, **options)
    try:
        yield made
    finally:
        made.close(timeout_ms=READ_MS)
