from typing import Any

from django.core.management.base import BaseCommand

from apps.events import kafka_clients
from apps.events.topics import REPLICATION, TOPICS, wire_name


class Command(BaseCommand):
    help = "Create the topics of apps/events/topics.py and report drift. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        admin = kafka_clients.admin()
        try:
            self._create(admin)
        finally:
            admin.close()

    def _create(self, admin: Any) -> None:
        existing = {topic["name"]: topic for topic in admin.describe_topics()}
        replication = min(REPLICATION, len(admin.describe_cluster()["brokers"]))
        for name, topic in TOPICS.items():
            wire = wire_name(name)
            if wire in existing:
                self._report(wire, len(existing[wire]["partitions"]), topic.partitions)
                continue
            config = {
                "retention.ms": str(topic.retention_ms),
                "min.insync.replicas": str(replication),
            }
            spec = {
                "num_partitions": topic.partitions,
                "replication_factor": replication,
                "configs": config,
            }
            admin.create_topics({wire: spec}, wait_for_metadata=True)
            self.stdout.write(f"{wire}: created, {topic.partitions} partitions")

    def _report(self, wire: str, found: int, wanted: int) -> None:
        state = "as declared" if found == wanted else f"DRIFT: {found} partitions, not {wanted}"
        self.stdout.write(f"{wire}: {state}")
