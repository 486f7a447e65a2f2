"""What the relay and the consumers count."""

import logging
import re

from prometheus_client import Counter, Gauge

logger = logging.getLogger(__name__)
PUBLISHED = Counter("events_published_total", "Events that Kafka has acknowledged.", ["event_type"])
RECORDS = Counter(
    "consumer_records_total",
    "Records by what became of them: done, retried or buried (now a dead letter).",
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
