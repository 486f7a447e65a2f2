"""Ages and backlogs as metrics, read when they are asked for."""

import datetime as dt
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from apps.common.clock import utc_now
from apps.events.outbox.rejected import REJECTED
from apps.events.rows import OutboxRow, dead_letters, outbox_messages


class Backlog(Collector):
    """Served by the relay: a few counts by index."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        waiting = {"published_at": None}
        count = outbox_messages.count(waiting, hint="published_created")
        oldest = outbox_messages.find_one(waiting, {"created_at": 1}, sort=[("created_at", 1)])
        yield GaugeMetricFamily("outbox_waiting", "Events not published yet.", count)
        yield GaugeMetricFamily("outbox_oldest_seconds", "Age of the oldest.", _age(oldest))
        rejected = outbox_messages.count(REJECTED)
        yield GaugeMetricFamily("outbox_refused", "Events that Kafka rejects.", rejected)
        counted = dead_letters.aggregate([{"$group": {"_id": "$status", "count": {"$sum": 1}}}])
        family = GaugeMetricFamily("dead_letters", "Dead letters by status.", labels=["status"])
        for row in counted:
            family.add_metric([row["_id"]], row["count"])
        yield family


def _age(row: OutboxRow | None) -> float:
    if row is None:
        return 0.0
    return (utc_now() - row["created_at"].replace(tzinfo=dt.UTC)).total_seconds()
