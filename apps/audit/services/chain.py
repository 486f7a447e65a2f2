"""Gives events their places in the log. One process at a time, outside of what people wait for."""

import logging

from apps.audit.policies import FIRST, entry_hash
from apps.audit.rows import SecurityEventRow, SecurityLogRow, security_events, security_log
from apps.common import mongo
from apps.events import leases

logger = logging.getLogger(__name__)
LEASE = "security-log"
LEASE_SECONDS = 30
BATCH = 500


def events_chain(*, owner: str) -> int:
    """Appends what waits, in the order of ids, and returns how much; 0 while another `owner` does.

    Two at once do not fork the chain: a place is a unique key.
    """
    total = 0
    while leases.acquire(LEASE, owner=owner, seconds=LEASE_SECONDS):
        last = mongo.run_in_transaction(batch_append)
        if last is None:
            break
        total += last[1]
        # The log of the process leaves this machine: whoever cuts off the end is found by it.
        entry = last[0]
        logger.info("audit.chained", extra={"sequence": entry["_id"], "hash": entry["hash"]})
    return total


def batch_append() -> tuple[SecurityLogRow, int] | None:
    """Moves up to `BATCH` events into the log; returns its last entry and their number."""
    waiting = list(security_events.find({}).sort("_id", 1).limit(BATCH))
    if not waiting:
        return None
    head = security_log.find_one({}, sort=[("_id", -1)])
    entries: list[SecurityLogRow] = []
    for event in waiting:
        head = _entry_after(head, event)
        entries.append(head)
    security_log.insert_many(entries)
    security_events.delete_many({"_id": {"$in": [event["_id"] for event in waiting]}})
    return entries[-1], len(entries)


def _entry_after(head: SecurityLogRow | None, event: SecurityEventRow) -> SecurityLogRow:
    entry: SecurityLogRow = {
        "_id": head["_id"] + 1 if head else 1,
        "event_id": event["_id"],
        "at": event["at"],
        "kind": event["kind"],
        "user_id": event["user_id"],
        "actor_id": event["actor_id"],
        "address": event["address"],
        "request_id": event["request_id"],
        "details": event["details"],
        "previous": head["hash"] if head else FIRST,
        "hash": "",
    }
    entry["hash"] = entry_hash(entry)
    return entry
