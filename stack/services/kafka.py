"""Apache Kafka 4 in KRaft mode, each node broker and controller: one, or three for tests.

The jars come from Maven Central by `kafka_files/pom.xml`; a start takes about 3 s and 300 MB.
"""

import base64
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stack.common.paths import CACHE
from stack.common.ports import is_open
from stack.common.waiting import wait_until
from stack.setup.downloads import fetch, run_logged, sha256

SETTINGS = Path(__file__).with_name("kafka_files")
JARS = CACHE / "kafka"
JVM = ("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True)
class Listener:
    """The two ports of one node."""

    client: int
    controller: int


@dataclass(frozen=True)
class KafkaNode:
    number: int
    listeners: Sequence[Listener]
    directory: Path

    @property
    def port(self) -> int:
        return self.listeners[self.number - 1].client

    @property
    def properties(self) -> Path:
        return self.directory / "server.properties"

    def command(self) -> list[str]:
        return java("kafka.Kafka", str(self.properties))

    def environment(self) -> dict[str, str]:
        return {}

    def prepare(self, cluster_id: str) -> None:
        """Writes the node's settings and formats its log folder unless that was done before."""
        self.directory.mkdir(parents=True, exist_ok=True)
        self.properties.write_text(self.settings())
        if (self.directory / "log" / "meta.properties").exists():
            return
        arguments = ("format", f"--cluster-id={cluster_id}", "-c", str(self.properties))
        log = self.directory / "format.log"
        run_logged(java("kafka.tools.StorageTool", *arguments), log, fix="try `make reset`")

    def settings(self) -> str:
        own = self.listeners[self.number - 1]
        voters = [f"{i}@127.0.0.1:{peer.controller}" for i, peer in enumerate(self.listeners, 1)]
        copies = len(self.listeners)
        values = {
            "process.roles": "broker,controller",
            "node.id": self.number,
            "controller.quorum.voters": ",".join(voters),
            "controller.listener.names": "CONTROLLER",
            "listeners": f"PLAINTEXT://127.0.0.1:{own.client},"
            f"CONTROLLER://127.0.0.1:{own.controller}",
            "log.dirs": self.directory / "log",
            "auto.create.topics.enable": "false",
            "default.replication.factor": copies,
            "min.insync.replicas": min(copies, 2),
            "offsets.topic.replication.factor": copies,
            "offsets.topic.num.partitions": 10,
            "transaction.state.log.replication.factor": copies,
            "transaction.state.log.min.isr": min(copies, 2),
            "transaction.state.log.num.partitions": 10,
            "group.initial.rebalance.delay.ms": 0,
            "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
        }
        return "".join(f"{name}={value}\n" for name, value in values.items())


def java(main_class: str, *arguments: str) -> list[str]:
    logging = f"-Dlog4j2.configurationFile={SETTINGS / 'log4j2.properties'}"
    return ["java", *JVM, logging, "-cp", f"{JARS}/*", main_class, *arguments]


def fetch_jars() -> None:
    """Maven checks the jars' checksums; the stamp is the hash of the pom."""
    pom = SETTINGS / "pom.xml"
    stamp = JARS / "pom.sha256"
    if stamp.exists() and stamp.read_text() == sha256(pom):
        return
    goal = ("dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={JARS}")
    fetch(["mvn", "-B", "-C", "-f", str(pom), *goal], "kafka")
    stamp.write_text(sha256(pom))


def new_cluster_id() -> str:
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")


def wait_for(ports: Sequence[int], *, seconds: float = 60) -> None:
    wait_until(lambda: all(map(is_open, ports)), f"Kafka on {list(ports)}", seconds=seconds)
