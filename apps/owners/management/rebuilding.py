"""Reads the booking topics into shadow facts and compares the live facts with them, while the
consumers go on."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pymongo import UpdateOne

from apps.events.consumer.history import TopicHistory
from apps.events.schemas import SchemaError, event_class, event_type_of, payload_of
from apps.events.topics import table_name
from apps.owners.rows import booking_facts, shadow_facts
from apps.owners.services import FACT_EVENTS, fact_of, facts_prepare, facts_write
from apps.owners.services.comparison import Checksums, Difference
from apps.owners.services.rebuild import PAGE, facts_compare, facts_repair, facts_to_compare

PAUSE_SECONDS = 0.2


class Rebuild:
    """`keep_lease` is called between batches and raises to end the work. With `repair` the live
    facts are made what the topics say; without it they are only compared."""

    def __init__(
        self, history: TopicHistory, *, repair: bool, keep_lease: Callable[[], None]
    ) -> None:
        self.history = history
        self.repair = repair
        self.keep_lease = keep_lease
        self.sums = Checksums()
        self.malformed = self.repaired = 0
        self.blocked: set[str] = set()

    def build(self) -> Iterator[int]:
        """Yields the number of messages that were read so far."""
        shadow_facts.collection.drop()
        if self.repair:
            facts_prepare()
        for _ in self._read_on(into_live=False):
            yield self.history.read

    def reconcile(self, seconds: float) -> list[str]:
        """Returns the bookings that differ for good, or after `seconds` still. A difference counts
        when the group had committed all that the shadow knows and no event of the booking came."""
        until = time.monotonic() + seconds
        left, is_final = self._compare_all(facts_to_compare(self.history.complete_since()))
        while left and not is_final and time.monotonic() < until:
            time.sleep(PAUSE_SECONDS)
            left, is_final = self._compare_all(_pages(left))
        return left

    def differences(self, ids: list[str]) -> Iterator[Difference]:
        """Yields them as they are now, with what was published until now, and adds both sides to
        the sums."""
        for _ in self._read_on(into_live=self.repair):
            pass
        for page in _pages(ids):
            for one in self._compare(page):
                self.sums.add(one.expected, one.found)
                yield one

    def _compare_all(self, pages: Iterable[list[str]]) -> tuple[list[str], bool]:
        """Compares every page once; returns which differ and whether that is final.

        The topics are read on after the live facts were. So no event is missed that has changed a
        fact meanwhile, or that a fact with a wrong version, repaired here, kept out.
        """
        left: list[str] = []
        touched: set[str] = set()
        behind = 0 if self.repair else self.history.behind()
        for page in pages:
            found = self._compare(page)
            for ids in self._read_on(into_live=self.repair):
                touched |= ids
            if self.repair:
                still = [one for one in found if one.booking_id not in touched]
                self.repaired += facts_repair(still)
            left += [one.booking_id for one in found]
        return left, not self.repair and not behind and touched.isdisjoint(left)

    def _compare(self, ids: list[str]) -> list[Difference]:
        """Leaves out those whose newer events are blocked behind a dead letter."""
        found = facts_compare(ids, self.sums, since=self.history.complete_since())
        behind = [one.booking_id for one in found if one.is_behind]
        blocked = self.history.waiting(behind) if behind else set()
        self.blocked |= blocked
        return [one for one in found if one.booking_id not in blocked]

    def _read_on(self, *, into_live: bool) -> Iterator[set[str]]:
        """Yields the bookings of each batch once it is written."""
        for records in self.history.read_on():
            self.keep_lease()
            writes = [write for record in records if (write := self._write(record))]
            if writes:
                facts_write(writes, into=shadow_facts)
            if writes and into_live:
                facts_write(writes, into=booking_facts)
            yield {(record.key or b"").decode(errors="replace") for record in records}

    def _write(self, record: Any) -> UpdateOne | None:
        """Returns None for a message that the group skips, or cannot read either."""
        event = FACT_EVENTS[table_name(record.topic)]
        try:
            payload = payload_of(record.value)
            if event_class(event_type_of(payload), [event]) is None:
                return None
            return fact_of(event.from_payload(payload))
        except SchemaError:
            self.malformed += 1
            return None


def _pages(ids: list[str]) -> Iterator[list[str]]:
    return (ids[at : at + PAGE] for at in range(0, len(ids), PAGE))
