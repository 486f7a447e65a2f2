"""What the relay and the consumers measure. Ages and backlogs are read when they are asked for."""

import datetime as dt
import logging
import re
from collections.abc import Iterator

from prometheus_client import Counter, Gauge
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from apps.common import mongo
from apps.common.clock import utc_now
from apps.events.refused import REFUSED

logger = logging.getLogger(__name__)
PUBLISHED = Counter("events_published_total", "Events that Kafka has acknowledged.", ["event_type"])
RECORDS = Counter(
    "consumer_records_total",
    "Records by what became of them: done, retried or buried.",
    ["group", "topic", "outcome"],
)
SKIPPED = Counter(
    "consumer_skipped_total",
    "Records of a type that the group has no handler for; `other` beyond the first 20 types.",
    ["group", "topic", "event_type"],
)
ERRORS = Counter(
    "consumer_errors_total",
    "Failed tries by kind: transient (an outage), permanent (the message) or unknown.",
    ["group", "topic", "kind"],
)
REBALANCES = Counter(
    "consumer_rebalances_total",
    "Times that partitions came to this process or left it: assigned, revoked or lost.",
    ["group", "how"],
)
LEASE = Gauge(
    "relay_lease_held",
    "1 while this relay is the one that publishes.",
    multiprocess_mode="livemax",
)
LAG = Gauge(
    "consumer_lag",
    "Records of a partition that this process has not handled yet.",
    ["group", "topic", "partition"],
    multiprocess_mode="livemax",
)
TYPE_NAME = re.compile(r"[a-z][a-z0-9_.]{0,39}")
MOST_TYPES = 20
_types_seen: set[str] = set()


def note_skipped(group: str, topic: str, event_type: str) -> None:
    """The type comes from whoever writes to the topic, so only so many become labels."""
    logger.info("consumer.skipped", extra={"topic": topic, "event_type": event_type[:80]})
    SKIPPED.labels(group, topic, _label(event_type)).inc()


def _label(event_type: str) -> str:
    if len(_types_seen) < MOST_TYPES and TYPE_NAME.fullmatch(event_type):
        _types_seen.add(event_type)
    return event_type if event_type in _types_seen else "other"


class Backlog(Collector):
    """Served by the relay: a few counts by index."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        outbox = mongo.collection("outbox")
        waiting = {"published_at": None}
        count = outbox.count_documents(waiting, hint="published_created")
        oldest = outbox.find_one(waiting, {"created_at": 1}, sort=[("created_at", 1)])
        yield GaugeMetricFamily("outbox_waiting", "Events not published yet.", count)
        yield GaugeMetricFamily("outbox_oldest_seconds", "Age of the oldest.", _age(oldest))
        refused = outbox.count_documents(REFUSED)
        yield GaugeMetricFamily("outbox_refused", "Events that Kafka does not take.", refused)
        letters = mongo.collection("dead_letters").aggregate(
            [{"$group": {"_id": "$status", "count": {"$sum": 1}}}]
        )
        family = GaugeMetricFamily("dead_letters", "Dead letters by status.", labels=["status"])
        for row in letters:
            family.add_metric([row["_id"]], row["count"])
        yield family


def _age(row: dict[str, dt.datetime] | None) -> float:
    if row is None:
        return 0.0
    return (utc_now() - row["created_at"].replace(tzinfo=dt.UTC)).total_seconds()
