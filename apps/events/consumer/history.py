"""Reads what topics still hold, from their beginning, as a consumer group has handled it, to make
something again out of events. It belongs to no group and commits nothing."""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from kafka import TopicPartition
from kafka.structs import OffsetAndMetadata

from apps.common.errors import UnavailableError
from apps.events.clients import kafka_clients
from apps.events.dead_letters.records import DISCARDED, OPEN, dead_letter_id
from apps.events.dead_letters.redelivery import Redelivery
from apps.events.rows import DeadLetterRow, dead_letters
from apps.events.topics import table_name, wire_name

POLL_MS = 500
STALL_SECONDS = 30
NEVER = OffsetAndMetadata(0, "", -1)


class TopicMissingError(UnavailableError):
    sentence = "Kafka has no topic {name}: see manage.py create_topics."
    sample: ClassVar = {"name": "booking-updates"}


class KafkaSilentError(UnavailableError):
    sentence = "Kafka sends nothing; {read} messages were read."
    sample: ClassVar = {"read": 120}


class TopicHistory:
    """`read` counts the messages so far, `passed_by` those among them that the group has not
    handled: they are its dead letters, or copies for another group."""

    def __init__(self, group: str, topics: Sequence[str]) -> None:
        self.group = group
        self.read = self.passed_by = 0
        self._firsts: dict[TopicPartition, dt.datetime] = {}
        self._consumer = kafka_clients.reader()
        self.partitions = [tp for topic in topics for tp in self._partitions(wire_name(topic))]
        self._consumer.assign(self.partitions)
        self._consumer.seek_to_beginning(*self.partitions)

    def _partitions(self, name: str) -> list[TopicPartition]:
        numbers = self._consumer.partitions_for_topic(name)
        if not numbers:
            raise TopicMissingError(name=name)
        return [TopicPartition(name, number) for number in sorted(numbers)]

    def close(self) -> None:
        self._consumer.close(timeout_ms=5000)

    def read_on(self) -> Iterator[list[Any]]:
        """Yields batches of records from where the last call ended to where the topics end now.

        Raises `KafkaSilentError` when Kafka sends nothing for 30 s.
        """
        ends = self._consumer.end_offsets(self.partitions)
        self._skip_what_expired()
        stalled_at = time.monotonic() + STALL_SECONDS
        while any(self._consumer.position(tp) < end for tp, end in ends.items()):
            batches = self._consumer.poll(timeout_ms=POLL_MS)
            if batches:
                yield self._handled([record for batch in batches.values() for record in batch])
                stalled_at = time.monotonic() + STALL_SECONDS
            elif time.monotonic() > stalled_at:
                raise KafkaSilentError(read=self.read)

    def behind(self) -> int:
        """Counts the messages read here that the group has not committed yet."""
        admin = kafka_clients.admin()
        try:
            group = wire_name(self.group)
            committed = admin.list_group_offsets({group: self.partitions})[group]
        finally:
            admin.close()
        return sum(
            max(0, self._consumer.position(tp) - max(0, committed.get(tp, NEVER).offset))
            for tp in self._firsts
        )

    def complete_since(self) -> dt.datetime | None:
        """Returns when the last partition began: from then on no message is missing. None where
        the topics do not show it: one is empty, or all of a partition has expired."""
        seen = {tp.topic for tp in self._firsts}
        if seen != {tp.topic for tp in self.partitions}:
            return None
        silent = [tp for tp in self.partitions if tp not in self._firsts]
        if any(self._consumer.position(tp) > 0 for tp in silent):
            return None
        return max(self._firsts.values())

    def waiting(self, keys: Sequence[str]) -> set[str]:
        """Returns those among the keys that are blocked behind a dead letter of the group."""
        consumers = sorted({self._consumer_of(tp.topic) for tp in self.partitions})
        query = {"consumer": {"$in": consumers}, "key": {"$in": list(keys)}}
        return set(dead_letters.distinct("key", {**query, "status": {"$in": OPEN}}))

    def _skip_what_expired(self) -> None:
        """Seeks to the first message left: some may expire while this reads."""
        for tp, first in self._consumer.beginning_offsets(self.partitions).items():
            if self._consumer.position(tp) < first:
                self._consumer.seek(tp, first)

    def _consumer_of(self, topic: str) -> str:
        return f"{self.group}:{table_name(topic)}"

    def _handled(self, records: list[Any]) -> list[Any]:
        for record in records:
            made = dt.datetime.fromtimestamp(record.timestamp / 1000, dt.UTC)
            self._firsts.setdefault(TopicPartition(record.topic, record.partition), made)
        known = self._dead_letters(records)
        handled = [record for record in records if self._counts(record, known)]
        self.read += len(records)
        self.passed_by += len(records) - len(handled)
        return handled

    def _dead_letters(self, records: list[Any]) -> dict[str, DeadLetterRow]:
        ids = [self._dead_letter_id(record) for record in records]
        found = dead_letters.find({"_id": {"$in": ids}}, {"status": 1, "replays": 1})
        return {row["_id"]: row for row in found}

    def _dead_letter_id(self, record: Any) -> str:
        """Returns that which a copy is of, else that which this message became."""
        copy = Redelivery.of(record)
        return (
            copy.dead_letter_id if copy else dead_letter_id(self._consumer_of(record.topic), record)
        )

    def _counts(self, record: Any, known: dict[str, DeadLetterRow]) -> bool:
        """Of a dead letter its latest copy counts, and nothing where it was discarded."""
        copy, row = Redelivery.of(record), known.get(self._dead_letter_id(record))
        if copy is None:
            return row is None
        if copy.consumer != self._consumer_of(record.topic):
            return False
        return row is None or (row["status"] != DISCARDED and row.get("replays") == copy.number)
