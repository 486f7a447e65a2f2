"""Reports how the backbone stands, for a person at a shell. Reads only."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec

from apps.events.outbox.rejected import REJECTED
from apps.events.relay.loop import LEASE
from apps.events.rows import dead_letters, leases, outbox_messages
from apps.events.schemas.documents import readers
from apps.events.topics import TOPICS, table_name, wire_name

WAITING = {"published_at": None}
HEADS = 10
Row = dict[str, Any]
Offsets = dict[TopicPartition, Any]


def outbox_status(*, now: dt.datetime) -> Row:
    """`oldest_seconds` is 0 where nothing waits; `heads` are the aggregates that wait longest."""
    heads = list(
        outbox_messages.aggregate(
            [
                {"$match": WAITING},
                {
                    "$group": {
                        "_id": "$aggregate_id",
                        "waiting": {"$sum": 1},
                        "version": {"$min": "$version"},
                        "since": {"$min": "$created_at"},
                        "error": {"$max": "$error"},
                    }
                },
                {"$sort": {"since": 1, "_id": 1}},
                {"$limit": HEADS},
            ]
        )
    )
    return {
        "waiting": outbox_messages.count(WAITING, hint="published_created"),
        "refused": outbox_messages.count(REJECTED),
        "oldest_seconds": _age(heads[0]["since"], now) if heads else 0.0,
        "heads": [
            {
                "aggregate_id": head["_id"],
                "waiting": head["waiting"],
                "next_version": head["version"],
                "seconds": _age(head["since"], now),
                "error": head["error"] or "",
            }
            for head in heads
        ],
    }


def lease_status() -> Row:
    """`seconds_left` on the server's clock; `owner` is empty where nobody publishes."""
    left = {"$divide": [{"$subtract": ["$expires_at", "$$NOW"]}, 1000]}
    found = leases.aggregate(
        [{"$match": {"_id": LEASE}}, {"$project": {"owner": 1, "seconds_left": left}}]
    )
    lease = next(found, None)
    if lease is None or lease["seconds_left"] <= 0:
        return {"owner": "", "seconds_left": 0.0}
    return {"owner": lease["owner"], "seconds_left": round(lease["seconds_left"], 1)}


def dead_letters_status() -> dict[str, int]:
    counted = dead_letters.aggregate(
        [{"$group": {"_id": "$status", "count": {"$sum": 1}}}, {"$sort": {"_id": 1}}]
    )
    return {row["_id"]: row["count"] for row in counted}


def lag_status(admin: KafkaAdminClient) -> list[Row]:
    """Records of each partition that its group has not committed. One without a commit lacks all
    that the topic holds."""
    partitions = [
        TopicPartition(wire_name(name), number)
        for name, topic in TOPICS.items()
        for number in range(topic.partitions)
    ]
    ends = _offsets(admin, partitions, OffsetSpec.LATEST)
    starts = _offsets(admin, partitions, OffsetSpec.EARLIEST)
    groups = {wire_name(group): None for group in settings.CONSUMER_GROUPS}
    committed = admin.list_group_offsets(groups)
    return list(_lags(committed, starts, ends))


def _lags(committed: dict[str, Offsets], starts: Offsets, ends: Offsets) -> Iterator[Row]:
    for group, topic, _ in readers():
        offsets = committed.get(wire_name(group), {})
        for tp in sorted(tp for tp in ends if tp.topic == wire_name(topic)):
            at = offsets[tp].offset if tp in offsets else starts[tp]
            yield {
                "group": group,
                "topic": table_name(tp.topic),
                "partition": tp.partition,
                "committed": at if tp in offsets else None,
                "end": ends[tp],
                "lag": max(0, ends[tp] - at),
            }


def _offsets(admin: KafkaAdminClient, partitions: list[TopicPartition], spec: Any) -> Offsets:
    found = admin.list_partition_offsets(dict.fromkeys(partitions, spec))
    return {tp: info.offset for tp, info in found.items()}


def _age(since: dt.datetime, now: dt.datetime) -> float:
    return round((now - since.replace(tzinfo=dt.UTC)).total_seconds(), 1)
