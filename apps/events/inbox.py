"""Which events a consumer has handled. The record belongs in the transaction of the effect."""

import datetime as dt

from apps.events.rows import inbox_messages


def inbox_has(message_id: str) -> bool:
    return inbox_messages.exists({"_id": message_id})


def inbox_add(message_id: str, *, now: dt.datetime) -> None:
    """Stores it once: of two zombies only one can commit."""
    inbox_messages.insert_one({"_id": message_id, "handled_at": now})
