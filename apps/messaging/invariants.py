"""What must hold of all threads at any time, whatever raced or failed. Reads only, and for quiet
systems: the reads are not one snapshot."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from apps.accounts.selectors import users_known
from apps.messaging.enums import MessageKind, Side
from apps.messaging.replies import view_of
from apps.messaging.rows import ThreadRow, blocks, messages, reports, threads
from apps.properties.selectors import listings_known

Counted = dict[str, Any]


def breaches() -> dict[str, list[str]]:
    """The ids of what breaks each invariant."""
    found: dict[str, list[str]] = {
        "threads without their two people or their listing": [],
        "threads whose length is not the number of their messages": [],
        "threads whose unread counts differ from their messages": [],
        "threads with a time of a question or an answer that nobody wrote": [],
    }
    checks = (_is_lost, _is_misnumbered, _is_miscounted, _is_mistimed)
    by_name = dict(zip(found, checks, strict=True))
    known = set()
    for thread in threads.find({}):
        known.add(thread["_id"])
        counted = _counted(thread)
        for name, is_broken in by_name.items():
            if is_broken(thread, counted):
                found[name].append(str(thread["_id"]))
    return {
        **found,
        "messages without a thread": _orphans(known),
        "messages that stand under other people than their thread": list(_foreign()),
        "reports of messages that do not exist": list(_reports_lost()),
        "blocks whose key is not their people": list(_blocks_misnamed()),
    }


def _counted(thread: ThreadRow) -> Counted:
    """What the messages of a thread say of it."""
    stages: list[dict[str, Any]] = [
        {"$match": {"thread_id": thread["_id"]}},
        {
            "$group": {
                "_id": None,
                "count": {"$sum": 1},
                "last": {"$max": "$number"},
                "numbers": {"$addToSet": "$number"},
                **{
                    f"unread_{side}": _number_of(side.other, _read_to(thread, side))
                    for side in Side
                },
                **{f"texts_{side}": _number_of(side, 0) for side in Side},
            }
        },
    ]
    found = next(iter(messages.aggregate(stages)), {"count": 0, "last": 0, "numbers": []})
    return defaultdict(int, found)


def _number_of(author: Side, after: int) -> dict[str, Any]:
    """Counts the texts of one side with a higher number."""
    is_text = {"$eq": ["$kind", MessageKind.TEXT.value]}
    is_theirs = {"$eq": ["$by", author.value]}
    is_after = {"$gt": ["$number", after]}
    return {"$sum": {"$cond": [{"$and": [is_text, is_theirs, is_after]}, 1, 0]}}


def _read_to(thread: ThreadRow, side: Side) -> int:
    return view_of(thread, side)["read_to"]


def _is_lost(thread: ThreadRow, _counted: Counted) -> bool:
    people = {thread["guest_id"], thread["host_id"]}
    if len(people) < len(Side) or users_known(people) != people:
        return True
    return not listings_known([thread["listing_id"]])


def _is_misnumbered(thread: ThreadRow, counted: Counted) -> bool:
    """The numbers are 1, 2, 3 and so on up to the length."""
    found = (counted["count"], counted["last"], len(counted["numbers"]))
    return found != (thread["length"],) * 3


def _is_miscounted(thread: ThreadRow, counted: Counted) -> bool:
    return any(
        view_of(thread, side)["unread"] != counted[f"unread_{side}"]
        or _read_to(thread, side) > thread["length"]
        for side in Side
    )


def _is_mistimed(thread: ThreadRow, counted: Counted) -> bool:
    asked, answered = thread["asked_at"] is not None, thread["answered_at"] is not None
    if asked != bool(counted[f"texts_{Side.GUEST}"]):
        return True
    return answered and not (asked and counted[f"texts_{Side.HOST}"])


def _orphans(known: set[Any]) -> list[str]:
    return [str(found) for found in messages.distinct("thread_id", {}) if found not in known]


def _foreign() -> Iterator[str]:
    differs = [{"$ne": [f"${side}_id", f"$thread.{side}_id"]} for side in Side.values]
    stages: list[dict[str, Any]] = [
        {
            "$lookup": {
                "from": threads.name,
                "localField": "thread_id",
                "foreignField": "_id",
                "as": "thread",
            }
        },
        {"$unwind": "$thread"},
        {"$match": {"$expr": {"$or": differs}}},
        {"$project": {"_id": 1}},
    ]
    yield from (row["_id"] for row in messages.aggregate(stages))


def _reports_lost() -> Iterator[str]:
    for report in reports.find({}):
        if not messages.exists({"_id": report["message_id"], "thread_id": report["thread_id"]}):
            yield report["_id"]


def _blocks_misnamed() -> Iterator[str]:
    for block in blocks.find({}):
        if block["_id"] != f"{block['blocker_id']}:{block['blocked_person_id']}":
            yield block["_id"]
