"""The helpers of three nodes, with a node killed with -9 in each."""

import json

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic
from pymongo import MongoClient

from stack.services.clusters import KafkaCluster, ReplicaSet

pytestmark = pytest.mark.slow


def test_a_majority_write_survives_the_primary(tmp_path):
    with ReplicaSet.of_three(tmp_path) as replica_set, MongoClient(replica_set.uri) as client:
        notes = client.get_database("cluster_test").get_collection("notes")
        notes.insert_one({"_id": "kept"})
        first = replica_set.primary()
        replica_set.kill(first)
        assert replica_set.primary() != first
        assert notes.find_one({"_id": "kept"}) == {"_id": "kept"}
        notes.insert_one({"_id": "after"})
        assert notes.count_documents({}) == 2


def test_what_a_stopped_process_holds_is_free_soon(tmp_path):
    """Its partitions and nights wait for its transaction: docs/decisions/0027."""
    with ReplicaSet.of_three(tmp_path) as replica_set, MongoClient(replica_set.uri) as client:
        asked = {"getParameter": 1, "transactionLifetimeLimitSeconds": 1}
        assert client.admin.command(asked)["transactionLifetimeLimitSeconds"] == 20


def test_acknowledged_messages_survive_a_broker(tmp_path):
    with KafkaCluster.of_three(tmp_path) as cluster:
        servers = cluster.bootstrap_servers
        admin = KafkaAdminClient(bootstrap_servers=servers)
        admin.create_topics([NewTopic("numbers", num_partitions=1, replication_factor=3)])
        admin.close()
        producer = KafkaProducer(bootstrap_servers=servers, acks="all", retries=1000)
        for number in range(200):
            sent = producer.send("numbers", json.dumps(number).encode())
            if number == 100:
                cluster.kill(0)
            sent.get(timeout=60)
        producer.close()
        assert read_all(servers, "numbers", 200) == list(range(200))


def read_all(servers: str, topic: str, count: int) -> list[int]:
    consumer = KafkaConsumer(bootstrap_servers=servers, consumer_timeout_ms=30_000)
    partition = TopicPartition(topic, 0)
    consumer.assign([partition])
    consumer.seek_to_beginning(partition)
    found = [json.loads(next(consumer).value) for _ in range(count)]
    consumer.close()
    return found
