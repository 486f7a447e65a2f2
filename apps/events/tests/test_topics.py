"""The topics of the cluster are those of the table, and differences are reported."""

import io
import uuid

import pytest
from django.core.management import CommandError, call_command
from kafka.admin import ConfigResource, ConfigResourceType

from apps.events.clients import kafka_clients
from apps.events.management.commands.create_topics import retention_of
from apps.events.tests.waiting import wait_for
from apps.events.topics import TOPICS, wire_name

DAY_MS = 24 * 3600 * 1000
SEED = {
    "booking-requests": (3, 7),
    "booking-updates": (3, 7),
    "booking-confirmations": (3, 7),
    "booking-cancellations": (3, 7),
    "notifications": (5, 7),
    "booking-dlq": (1, 30),
}


@pytest.fixture
def admin(kafka_prefix):
    made = kafka_clients.admin()
    yield made
    made.close()


def printed():
    out = io.StringIO()
    call_command("create_topics", stdout=out)
    return dict(line.split(": ", 1) for line in out.getvalue().splitlines())


def in_cluster(admin):
    """{name: (partitions, days, replicas of each partition)}, as the cluster tells it."""
    wire = {wire_name(name): name for name in TOPICS}
    retention = retention_of(admin, list(wire))
    return {
        wire[topic["name"]]: (
            len(topic["partitions"]),
            retention[topic["name"]] / DAY_MS,
            {len(partition["replica_nodes"]) for partition in topic["partitions"]},
        )
        for topic in admin.describe_topics(list(wire))
    }


def test_the_cluster_has_the_seeds_topics(admin):
    brokers = len(admin.describe_cluster()["brokers"])
    assert in_cluster(admin) == {
        name: (partitions, days, {min(2, brokers)}) for name, (partitions, days) in SEED.items()
    }
    assert set(printed().values()) == {"as declared"}


def test_no_topic_is_made_while_brokers_are_missing(settings):
    settings.KAFKA_PREFIX = f"t{uuid.uuid4().hex[:8]}-"
    admin = kafka_clients.admin()
    try:
        wanted = len(admin.describe_cluster()["brokers"]) + 1
        with pytest.raises(CommandError, match=f"not yet {wanted}"):
            call_command("create_topics", brokers=wanted)
        assert not [name for name in admin.list_topics() if name.startswith(settings.KAFKA_PREFIX)]
    finally:
        admin.close()


def test_drift_is_told_and_left_alone(admin):
    admin.create_partitions({wire_name("booking-dlq"): 2})
    changed = ConfigResource(
        ConfigResourceType.TOPIC, wire_name("notifications"), configs={"retention.ms": "60000"}
    )
    admin.alter_configs([changed])
    wait_for(lambda: in_cluster(admin)["booking-dlq"][0] == 2, "the other partition")
    said = printed()
    assert said[wire_name("booking-dlq")] == "DRIFT: 2 partitions, not 1"
    assert said[wire_name("notifications")] == "DRIFT: kept 60000 ms, not 604800000"
    assert said[wire_name("booking-requests")] == "as declared"
    assert in_cluster(admin)["notifications"][1] == 60_000 / DAY_MS
