"""Delivers records to handlers, found by topic and event type: each is applied once, becomes a dead
letter, is blocked behind one, or is skipped because nobody here handles its type."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pymongo.errors import DuplicateKeyError

from apps.common import mongo, trace
from apps.common.clock import utc_now
from apps.common.middleware import request_id_bind
from apps.common.trace import trace_bind
from apps.events import metrics
from apps.events.consumer.partitions import Retry
from apps.events.dead_letters import records, redelivery
from apps.events.dead_letters.redelivery import Redelivery
from apps.events.inbox import inbox_add, inbox_has
from apps.events.schemas import Event, event_class, event_type_of, payload_of
from apps.events.topics import table_name

logger = logging.getLogger(__name__)
# How long a batch's transaction may last before it is committed.
BATCH_SECONDS = 1.0


# Called with the event and `now=`, in a transaction, and perhaps again: no HTTP, no Kafka in it.
Handler = Callable[..., None]
# What a consumer group does, by topic and by type of event.
Handlers = Mapping[str, Mapping[type[Event], Handler]]


class Delivery:
    """To the handlers of one group."""

    def __init__(self, group: str, handlers: Handlers) -> None:
        self.group = group
        self.handlers = handlers

    def deliver(self, record: Any) -> None:
        """Applies one record, unless it was applied before or is blocked behind a dead letter."""
        _bind(record)
        try:
            mongo.run_in_transaction(lambda: self._apply(record))
        except DuplicateKeyError as error:
            if "inbox" not in str(error):
                raise
            logger.info("consumer.duplicate", extra={"offset": record.offset})

    def deliver_batch(self, records: list[Any], stop: threading.Event) -> int:
        """Applies the first of them in one transaction and returns how many, at least one: it ends
        early rather than hold its locks for long."""

        def transaction() -> int:
            until = time.monotonic() + BATCH_SECONDS
            for done, record in enumerate(records):
                if done and (stop.is_set() or time.monotonic() > until):
                    return done
                _bind(record)
                self._apply(record)
            return len(records)

        return mongo.run_in_transaction(transaction)

    def dead_letter(self, record: Any, error: Exception, retry: Retry) -> None:
        """Makes it a dead letter; for a copy, that which it is a copy of fails again."""
        now = utc_now()
        consumer = f"{self.group}:{table_name(record.topic)}"
        error_text = f"{type(error).__name__}: {error}"
        copy = Redelivery.of(record)

        def transaction() -> None:
            if copy is None:
                records.add(
                    consumer,
                    record,
                    status=records.FAILED,
                    error=error_text,
                    now=now,
                    attempts=retry.attempts,
                    first_failed_at=retry.first_failed_at,
                )
            elif found := copy.awaited():
                redelivery.fail_again(found, error=error_text, attempts=retry.attempts, now=now)

        mongo.run_in_transaction(transaction)

    def _apply(self, record: Any) -> None:
        topic = table_name(record.topic)
        consumer = f"{self.group}:{topic}"
        copy = Redelivery.of(record)
        if copy and copy.consumer != consumer:
            return
        handlers, payload = self.handlers[topic], payload_of(record.value)
        known = event_class(event_type_of(payload), handlers)
        if known is None:
            self._skip(topic, payload["event_type"], copy)
            return
        event = known.from_payload(payload)
        effect = partial(handlers[known], event, now=utc_now())
        self._apply_once(consumer, record, copy, event, effect)

    def _apply_once(
        self,
        consumer: str,
        record: Any,
        copy: Redelivery | None,
        event: Event,
        effect: Callable[[], None],
    ) -> None:
        message_id, now = f"{consumer}:{event.event_id}", utc_now()
        key = (record.key or b"").decode(errors="replace")
        if copy:
            redelivery.apply_copy(copy, message_id, effect, now=now)
        elif inbox_has(message_id):
            return
        elif records.is_blocked(consumer=consumer, key=key):
            records.block(consumer, record, now=now)
        else:
            inbox_add(message_id, now=now)
            effect()

    def _skip(self, topic: str, event_type: str, copy: Redelivery | None) -> None:
        """Counts a type of newer code, which this one does not know and which blocks nothing. A
        dead letter of such a type, from before types were skipped, counts as replayed."""
        if copy and (found := copy.awaited()):
            redelivery.mark_replayed(found, now=utc_now())
        mongo.after_commit(partial(metrics.note_skipped, self.group, topic, event_type))


def _bind(record: Any) -> None:
    """Gives what is logged and published from here on the ids of the message."""
    headers = {name: value.decode(errors="replace") for name, value in record.headers or []}
    request_id_bind(headers.get("request_id", ""))
    trace_bind(headers.get(trace.HEADER, ""))
