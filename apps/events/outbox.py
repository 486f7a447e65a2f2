"""The only way to publish: an event goes into the outbox in the transaction of its change."""

import datetime as dt
from collections.abc import Sequence

from apps.common import mongo
from apps.common.middleware import request_id_current
from apps.events.schemas import Event


def add(
    event: Event, *, aggregate_id: str, key: str, topics: Sequence[str], now: dt.datetime
) -> None:
    """Raises `RuntimeError` outside a transaction: an event without its change is a lie."""
    session = mongo.session()
    if session is None:
        raise RuntimeError("outbox.add belongs inside run_in_transaction")
    mongo.collection("outbox").insert_one(
        {
            "_id": event.event_id,
            "aggregate_id": aggregate_id,
            "version": event.version,
            "topics": list(topics),
            "key": key,
            "payload": event.to_payload(),
            "headers": {"request_id": request_id_current()},
            "created_at": now,
            "published_at": None,
        },
        session=session,
    )
