"""Ages and backlogs as metrics, read when they are asked for."""

import datetime as dt
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from apps.common import mongo
from apps.common.clock import utc_now
from apps.events.outbox.rejected import REFUSED


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
