"""How many copies of a topic a cluster of three keeps, and what differs is told."""

import pytest

from apps.events.clients import kafka_clients
from apps.events.tests.test_topics import DAY_MS, SEED, in_cluster, printed
from apps.events.topics import wire_name
from stack.services.clusters import KafkaCluster

pytestmark = pytest.mark.slow


def test_three_brokers_keep_two_copies(tmp_path, settings):
    with KafkaCluster.of_three(tmp_path) as cluster:
        settings.KAFKA_BOOTSTRAP_SERVERS = cluster.bootstrap_servers.split(",")
        admin = kafka_clients.admin()
        try:
            one = wire_name("booking-updates")
            spec = {
                "num_partitions": 3,
                "replication_factor": 1,
                "configs": {"retention.ms": str(7 * DAY_MS)},
            }
            admin.create_topics({one: spec}, wait_for_metadata=True)
            assert printed()[one] == "DRIFT: 1 replicas, not 2"
            copies = {name: found[2] for name, found in in_cluster(admin).items()}
        finally:
            admin.close()
    assert copies == {name: {1} if name == "booking-updates" else {2} for name in SEED}
