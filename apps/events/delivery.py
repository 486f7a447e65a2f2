"""Records to handlers: each takes effect once, or is a dead letter, or waits behind one."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pymongo.errors import DuplicateKeyError

from apps.common import mongo, trace
from apps.common.clock import utc_now
from apps.common.middleware import request_id_bind
from apps.common.trace import trace_bind
from apps.events import dead_letters, redelivery
from apps.events.inbox import inbox_add, inbox_has
from apps.events.redelivery import Redelivery
from apps.events.retries import Retry
from apps.events.schemas import Event, SchemaError
from apps.events.topics import table_name

logger = logging.getLogger(__name__)
# What a lot's transaction may take before it is committed.
LOT_SECONDS = 1.0


@dataclass(frozen=True)
class Handler:
    """`apply` runs in a transaction and may run again: no HTTP, no Kafka in it."""

    event: type[Event]
    apply: Callable[..., None]


class Delivery:
    """To the handlers of one group."""

    def __init__(self, group: str, handlers: Mapping[str, Handler]) -> None:
        self.group = group
        self.handlers = handlers

    def deliver(self, record: Any) -> None:
        """Applies one record, unless it was applied before or waits behind a dead letter."""
        _bind(record)
        try:
            mongo.run_in_transaction(lambda: self._apply(record))
        except DuplicateKeyError as error:
            if "inbox" not in str(error):
                raise
            logger.info("consumer.duplicate", extra={"offset": record.offset})

    def deliver_lot(self, records: list[Any], stop: threading.Event) -> int:
        """Applies the first of them in one transaction and returns how many, at least one: it ends
        early rather than hold its locks for long."""

        def transaction() -> int:
            until = time.monotonic() + LOT_SECONDS
            for done, record in enumerate(records):
                if done and (stop.is_set() or time.monotonic() > until):
                    return done
                _bind(record)
                self._apply(record)
            return len(records)

        return mongo.run_in_transaction(transaction)

    def bury(self, record: Any, error: Exception, retry: Retry) -> None:
        """Makes it a dead letter; one that was redelivered goes back to its letter."""
        now = utc_now()
        consumer = f"{self.group}:{table_name(record.topic)}"
        said = f"{type(error).__name__}: {error}"
        copy = Redelivery.of(record)

        def transaction() -> None:
            if copy is None:
                dead_letters.add(
                    consumer,
                    record,
                    status=dead_letters.FAILED,
                    error=said,
                    now=now,
                    attempts=retry.attempts,
                    first_failed_at=retry.first_failed_at,
                )
            elif letter := copy.letter_due():
                redelivery.fail_again(letter, error=said, attempts=retry.attempts, now=now)

        mongo.run_in_transaction(transaction)

    def _apply(self, record: Any) -> None:
        topic = table_name(record.topic)
        handler = self.handlers[topic]
        consumer = f"{self.group}:{topic}"
        copy = Redelivery.of(record)
        if copy and copy.consumer != consumer:
            return
        key = (record.key or b"").decode(errors="replace")
        event = handler.event.from_payload(_json(record.value))
        message_id, now = f"{consumer}:{event.event_id}", utc_now()
        if copy:
            redelivery.take(copy, message_id, lambda: handler.apply(event, now=now), now=now)
        elif inbox_has(message_id):
            return
        elif dead_letters.is_blocked(consumer=consumer, key=key):
            dead_letters.park(consumer, record, now=now)
        else:
            inbox_add(message_id, now=now)
            handler.apply(event, now=now)


def _bind(record: Any) -> None:
    """Has what is logged and published from here on carry the ids of the message."""
    headers = {name: value.decode(errors="replace") for name, value in record.headers or []}
    request_id_bind(headers.get("request_id", ""))
    trace_bind(headers.get(trace.HEADER, ""))


def _json(value: bytes | None) -> Any:
    try:
        return orjson.loads(value or b"")
    except orjson.JSONDecodeError as error:
        raise SchemaError(f"not JSON: {error}") from error
