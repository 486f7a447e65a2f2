"""Reads of the security log."""

from collections.abc import Iterable
from typing import NamedTuple

from apps.audit.policies import FIRST, entry_hash
from apps.audit.rows import SecurityLogRow, security_events, security_log


class Verified(NamedTuple):
    """`problem` is empty for a chain that holds; else `sequence` is the first broken place."""

    sequence: int
    hash: str
    problem: str = ""


def log_verify(*, head: tuple[int, str] | None = None) -> Verified:
    """Walks the whole chain. `head`, noted elsewhere before, must be in it: whoever cuts off the
    end or makes the whole chain anew cannot keep it."""
    entries = security_log.find({}).sort("_id", 1)
    return _walk(entries, head or (0, FIRST))


def events_waiting() -> int:
    return security_events.count({})


def _walk(entries: Iterable[SecurityLogRow], head: tuple[int, str]) -> Verified:
    before = Verified(0, FIRST)
    for entry in entries:
        place = before.sequence + 1
        problem = _problem(entry, place, before.hash, head)
        if problem:
            return Verified(place, before.hash, problem)
        before = Verified(place, entry["hash"])
    if before.sequence < head[0]:
        return Verified(before.sequence + 1, before.hash, "it is missing: the end was cut off")
    return before


def _problem(entry: SecurityLogRow, place: int, previous: str, head: tuple[int, str]) -> str:
    if entry["_id"] != place:
        return "it is missing"
    if entry.get("hash") != entry_hash(entry):
        return "its content does not fit its hash"
    if entry["previous"] != previous:
        return "it does not follow the entry before"
    if place == head[0] and entry["hash"] != head[1]:
        return "it is another one than the noted head"
    return ""
