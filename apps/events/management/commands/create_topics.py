from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from kafka.admin import ConfigResource, ConfigResourceType

from apps.events.clients import kafka_clients
from apps.events.topics import REPLICATION, TOPICS, Topic, wire_name

RETENTION = "retention.ms"


class Command(BaseCommand):
    help = "Create the topics of apps/events/topics.py and report drift. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--brokers", type=int, default=1, help="fail while the cluster has fewer than these"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        admin = kafka_clients.admin()
        try:
            require_brokers(admin, options["brokers"])
            self._create(admin)
        finally:
            admin.close()

    def _create(self, admin: Any) -> None:
        existing = {topic["name"]: topic for topic in admin.describe_topics()}
        replication = min(REPLICATION, len(admin.describe_cluster()["brokers"]))
        present = [name for name in TOPICS if wire_name(name) in existing]
        missing = {n: topic for n, topic in TOPICS.items() if n not in present}
        retention = retention_of(admin, [wire_name(name) for name in present])
        for name in present:
            wire = wire_name(name)
            found = list(_drift(TOPICS[name], replication, existing[wire], retention[wire]))
            state = f"DRIFT: {'; '.join(found)}" if found else "as declared"
            self.stdout.write(f"{wire}: {state}")
        if missing:
            specs = {wire_name(name): _spec(topic, replication) for name, topic in missing.items()}
            admin.create_topics(specs, wait_for_metadata=True)
        for name, topic in missing.items():
            self.stdout.write(f"{wire_name(name)}: created, {topic.partitions} partitions")


def _spec(topic: Topic, replication: int) -> dict[str, Any]:
    return {
        "num_partitions": topic.partitions,
        "replication_factor": replication,
        "configs": {
            RETENTION: str(topic.retention_ms),
            "min.insync.replicas": str(replication),
        },
    }


def require_brokers(admin: Any, wanted: int) -> None:
    """A topic made while a starting cluster has one broker would have one copy for good."""
    found = len(admin.describe_cluster()["brokers"])
    if found < wanted:
        raise CommandError(f"Kafka has {found} brokers, not yet {wanted}. Try again in a moment.")


def retention_of(admin: Any, topics: list[str]) -> dict[str, int]:
    """Milliseconds by topic, as the cluster has them."""
    if not topics:
        return {}
    asked = [ConfigResource(ConfigResourceType.TOPIC, name, configs=[RETENTION]) for name in topics]
    found = admin.describe_configs(asked, config_filter="all")["topic"]
    return {name: int(found[name][RETENTION]["value"]) for name in topics}


def _drift(
    topic: Topic, replication: int, found: Mapping[str, Any], retention_ms: int
) -> Iterator[str]:
    partitions = found["partitions"]
    if len(partitions) != topic.partitions:
        yield f"{len(partitions)} partitions, not {topic.partitions}"
    if retention_ms != topic.retention_ms:
        yield f"kept {retention_ms} ms, not {topic.retention_ms}"
    copies = min(len(partition["replica_nodes"]) for partition in partitions)
    if copies != replication:
        yield f"{copies} replicas, not {replication}"
