"""Reads the events that the outbox still keeps, to compare them with what they report."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from apps.events.models import OUTBOX_SECONDS
from apps.events.rows import outbox_messages

KEPT_FOR = dt.timedelta(seconds=OUTBOX_SECONDS)


class KeptEvent(NamedTuple):
    aggregate: str
    version: int
    payload: Mapping[str, Any]


def events_kept(kind: str, *, fields: Sequence[str]) -> Iterator[KeptEvent]:
    """Yields those of the aggregates `<kind>:<aggregate>`, with these fields of their payloads."""
    shown = dict.fromkeys(("aggregate_id", "version", *(f"payload.{name}" for name in fields)), 1)
    query = {"aggregate_id": {"$gte": f"{kind}:", "$lt": f"{kind};"}}
    for row in outbox_messages.find(query, shown):
        aggregate = row["aggregate_id"].removeprefix(f"{kind}:")
        yield KeptEvent(aggregate, row["version"], row.get("payload") or {})
