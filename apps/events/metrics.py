"""What the relay and the consumers measure. Ages and backlogs are read when they are asked for."""

import datetime as dt
from collections.abc import Iterator

from prometheus_client import Counter, Gauge
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from apps.common import mongo
from apps.common.clock import utc_now
from apps.events.refused import REFUSED

PUBLISHED = Counter("events_published_total", "Events that Kafka has acknowledged.", ["event_type"])
RECORDS = Counter(
    "consumer_records_total",
    "Records by what became of them: done, retried or buried.",
    ["group", "topic", "outcome"],
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
