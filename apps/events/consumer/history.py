"""What topics still hold, from their beginning, as a consumer group has taken it: for whoever makes
something again out of events. It belongs to no group and commits nothing."""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from typing import Any

from kafka import TopicPartition
from kafka.structs import OffsetAndMetadata

from apps.common import mongo
from apps.common.errors import UnavailableError
from apps.events.clients import kafka_clients
from apps.events.dead_letters.records import DISCARDED, OPEN, letter_id
from apps.events.dead_letters.redelivery import Redelivery
from apps.events.topics import table_name, wire_name

POLL_MS = 500
STALL_SECONDS = 30
NEVER = OffsetAndMetadata(0, "", -1)


class TopicHistory:
    """`read` counts the messages so far, `passed_by` those among them that the group has not
    taken: they are its dead letters, or copies for another group."""

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
            raise UnavailableError(f"Kafka has no topic {name}: see manage.py create_topics.")
        return [TopicPartition(name, number) for number in sorted(numbers)]

    def close(self) -> None:
        self._consumer.close(timeout_ms=5000)

    def read_on(self) -> Iterator[list[Any]]:
        """The records from where the last call ended to where the topics end now, in batches.

        Raises `UnavailableError` when Kafka gives nothing for 30 s.
        """
        ends = self._consumer.end_offsets(self.partitions)
        self._skip_what_expired()
        stalled_at = time.monotonic() + STALL_SECONDS
        while any(self._consumer.position(tp) < end for tp, end in ends.items()):
            batches = self._consumer.poll(timeout_ms=POLL_MS)
            if batches:
                yield self._taken([record for batch in batches.values() for record in batch])
                stalled_at = time.monotonic() + STALL_SECONDS
            elif time.monotonic() > stalled_at:
                raise UnavailableError(f"Kafka gives nothing; {self.read} messages were read.")

    def behind(self) -> int:
        """How many of the messages read here the group has not committed yet."""
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
        """From when on no message is missing: since the latest first one of a partition. None
        where the topics cannot tell: one is empty, or all of a partition has expired."""
        told = {tp.topic for tp in self._firsts}
        if told != {tp.topic for tp in self.partitions}:
            return None
        silent = [tp for tp in self.partitions if tp not in self._firsts]
        if any(self._consumer.position(tp) > 0 for tp in silent):
            return None
        return max(self._firsts.values())

    def waiting(self, keys: Sequence[str]) -> set[str]:
        """Those among the keys that wait behind a dead letter of the group."""
        consumers = sorted({self._taker(tp.topic) for tp in self.partitions})
        query = {"consumer": {"$in": consumers}, "key": {"$in": list(keys)}}
        found = mongo.collection("dead_letters").distinct("key", {**query, "status": {"$in": OPEN}})
        return set(found)

    def _skip_what_expired(self) -> None:
        """Messages may expire while one reads: nothing is to be waited for before the first."""
        for tp, first in self._consumer.beginning_offsets(self.partitions).items():
            if self._consumer.position(tp) < first:
                self._consumer.seek(tp, first)

    def _taker(self, topic: str) -> str:
        return f"{self.group}:{table_name(topic)}"

    def _taken(self, records: list[Any]) -> list[Any]:
        for record in records:
            made = dt.datetime.fromtimestamp(record.timestamp / 1000, dt.UTC)
            self._firsts.setdefault(TopicPartition(record.topic, record.partition), made)
        letters = self._letters(records)
        taken = [record for record in records if self._counts(record, letters)]
        self.read += len(records)
        self.passed_by += len(records) - len(taken)
        return taken

    def _letters(self, records: list[Any]) -> dict[str, Any]:
        ids = [self._letter_id(record) for record in records]
        found = mongo.collection("dead_letters").find(
            {"_id": {"$in": ids}}, {"status": 1, "replays": 1}
        )
        return {letter["_id"]: letter for letter in found}

    def _letter_id(self, record: Any) -> str:
        """Of the letter that a copy answers for, else of the one that this message became."""
        copy = Redelivery.of(record)
        return copy.letter_id if copy else letter_id(self._taker(record.topic), record)

    def _counts(self, record: Any, letters: dict[str, Any]) -> bool:
        """Of a dead letter its latest copy counts, and nothing where a person gave it up."""
        copy, letter = Redelivery.of(record), letters.get(self._letter_id(record))
        if copy is None:
            return letter is None
        if copy.consumer != self._taker(record.topic):
            return False
        return letter is None or (
            letter["status"] != DISCARDED and letter["replays"] == copy.number
        )
