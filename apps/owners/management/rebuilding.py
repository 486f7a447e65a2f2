"""The booking topics into shadow facts, and the live facts held against them while the consumers
go on."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from apps.common import mongo
from apps.events.consumer.history import TopicHistory
from apps.events.schemas import SchemaError, event_class, event_type_of, payload_of
from apps.events.topics import table_name
from apps.owners.services import FACT_EVENTS, fact_of, facts_live, facts_prepare, facts_write
from apps.owners.services.rebuild import (
    PAGE,
    SHADOW,
    Difference,
    Sums,
    facts_compare,
    facts_mend,
    facts_to_compare,
    shadow_facts,
)

PAUSE_SECONDS = 0.2


class Rebuild:
    """`still_ours` is called between batches and raises to end the work. With `mend` the live
    facts are made what the topics say; else they are only compared."""

    def __init__(
        self, history: TopicHistory, *, mend: bool, still_ours: Callable[[], None]
    ) -> None:
        self.history = history
        self.mend = mend
        self.still_ours = still_ours
        self.sums = Sums()
        self.refused = self.mended = 0
        self.waiting: set[str] = set()

    def build(self) -> Iterator[int]:
        """Yields the number of messages that were read so far."""
        mongo.collection(SHADOW).drop()
        if self.mend:
            facts_prepare()
        for _ in self._read_on(into_live=False):
            yield self.history.read

    def settle(self, seconds: float) -> list[str]:
        """The bookings that differ for good, or after `seconds` still. A difference counts when
        the group had committed all that the shadow knows, and no event of the booking came."""
        until = time.monotonic() + seconds
        left, is_settled = self._look(facts_to_compare(self.history.complete_since()))
        while left and not is_settled and time.monotonic() < until:
            time.sleep(PAUSE_SECONDS)
            left, is_settled = self._look(_pages(left))
        return left

    def differences(self, ids: list[str]) -> Iterator[Difference]:
        """As they are now, with what was published until now. Both sides count in the sums."""
        for _ in self._read_on(into_live=self.mend):
            pass
        for page in _pages(ids):
            for one in self._compare(page):
                self.sums.add(one.expected, one.found)
                yield one

    def _look(self, pages: Iterable[list[str]]) -> tuple[list[str], bool]:
        """Once at every page: who differs, and whether that is for good.

        The topics are read on after the live facts were, so that the event which has changed a
        fact meanwhile, or was refused because of one that is mended here, is not missed.
        """
        left: list[str] = []
        touched: set[str] = set()
        behind = 0 if self.mend else self.history.behind()
        for page in pages:
            found = self._compare(page)
            for ids in self._read_on(into_live=self.mend):
                touched |= ids
            if self.mend:
                still = [one for one in found if one.booking_id not in touched]
                self.mended += facts_mend(still)
            left += [one.booking_id for one in found]
        return left, not self.mend and not behind and touched.isdisjoint(left)

    def _compare(self, ids: list[str]) -> list[Difference]:
        """Without those whose newer events wait behind a dead letter."""
        found = facts_compare(ids, self.sums, since=self.history.complete_since())
        behind = [one.booking_id for one in found if one.is_behind]
        waiting = self.history.waiting(behind) if behind else set()
        self.waiting |= waiting
        return [one for one in found if one.booking_id not in waiting]

    def _read_on(self, *, into_live: bool) -> Iterator[set[str]]:
        """The bookings of each batch, once it is written."""
        for records in self.history.read_on():
            self.still_ours()
            writes = [write for record in records if (write := self._write(record))]
            if writes:
                facts_write(writes, into=shadow_facts())
            if writes and into_live:
                facts_write(writes, into=facts_live())
            yield {(record.key or b"").decode(errors="replace") for record in records}

    def _write(self, record: Any) -> Any:
        """None for a message that the group skips, or cannot read either."""
        event = FACT_EVENTS[table_name(record.topic)]
        try:
            payload = payload_of(record.value)
            if event_class(event_type_of(payload), [event]) is None:
                return None
            return fact_of(event.from_payload(payload))
        except SchemaError:
            self.refused += 1
            return None


def _pages(ids: list[str]) -> Iterator[list[str]]:
    return (ids[at : at + PAGE] for at in range(0, len(ids), PAGE))
