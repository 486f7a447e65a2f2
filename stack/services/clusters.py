"""Three nodes of MongoDB or Kafka for tests, to be killed one by one.

with ReplicaSet.of_three(tmp_path) as replica_set:
    client = MongoClient(replica_set.uri)
    replica_set.kill(replica_set.primary())
"""

import os
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, Self

from stack.common.os_processes import end_with_parent
from stack.common.waiting import wait_until
from stack.services import kafka, mongo
from stack.services.kafka import KafkaNode, Listener
from stack.services.mongo import MongoNode
from stack.setup.mongod import find_mongod

STOP_SECONDS = 30


class Node(Protocol):
    @property
    def port(self) -> int: ...

    def command(self) -> list[str]: ...

    def environment(self) -> Mapping[str, str]: ...


class Cluster:
    """Nodes count from 0. They end with this process, however it ends."""

    def __init__(self, nodes: Sequence[Node], logs: Path) -> None:
        self.nodes = nodes
        self.logs = logs
        self.processes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def ports(self) -> list[int]:
        return [node.port for node in self.nodes]

    def start_node(self, index: int) -> None:
        node = self.nodes[index]
        with (self.logs / f"node-{index}.log").open("ab") as log:
            self.processes[index] = subprocess.Popen(
                node.command(),
                env={**os.environ, **node.environment()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=end_with_parent,  # noqa: PLW1509
            )

    def kill(self, index: int, number: signal.Signals = signal.SIGKILL) -> None:
        process = self.processes.pop(index)
        process.send_signal(number)
        process.wait(STOP_SECONDS)

    def wait_ready(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        with ExitStack() as on_failure:
            on_failure.callback(self.stop)
            for index in range(len(self.nodes)):
                self.start_node(index)
            self.wait_ready()
            on_failure.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        for process in self.processes.values():
            process.kill()
        for process in self.processes.values():
            process.wait(STOP_SECONDS)
        self.processes.clear()


class ReplicaSet(Cluster):
    @classmethod
    def of_three(cls, directory: Path, parameters: tuple[str, ...] = ()) -> Self:
        mongod = find_mongod()
        nodes = [
            MongoNode(mongod, directory / f"mongo-{port}", port, 0.25, parameters)
            for port in free_ports(3)
        ]
        return cls(nodes, directory)

    @property
    def uri(self) -> str:
        return mongo.uri(self.ports)

    def wait_ready(self) -> None:
        for port in self.ports:
            mongo.wait_for(port)
        mongo.initiate(self.ports, election_ms=2000)

    def primary(self) -> int:
        """The index of the node that is primary now; waits for one."""
        alive = list(self.processes)
        found: list[int] = []

        def elected() -> bool:
            found[:] = [index for index in alive if mongo.is_primary(self.ports[index])]
            return bool(found)

        wait_until(elected, "a primary", seconds=30)
        return found[0]


class KafkaCluster(Cluster):
    @classmethod
    def of_three(cls, directory: Path) -> Self:
        kafka.fetch_jars()
        ports = free_ports(6)
        pairs = [Listener(ports[i], ports[i + 1]) for i in (0, 2, 4)]
        nodes = [KafkaNode(n, pairs, directory / f"kafka-{n}") for n in (1, 2, 3)]
        cluster_id = kafka.new_cluster_id()
        for node in nodes:
            node.prepare(cluster_id)
        return cls(nodes, directory)

    @property
    def bootstrap_servers(self) -> str:
        return ",".join(f"127.0.0.1:{port}" for port in self.ports)

    def wait_ready(self) -> None:
        kafka.wait_for(self.ports)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
