"""mongod as a replica set on loopback: one node for the stack, three for the tests that need it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from stack.common.waiting import wait_until
from stack.setup.mongod import Mongod

REPLICA_SET = "rs0"
NOT_YET_INITIALIZED = 94
# What a process that is stopped in a transaction holds is free after that; MongoDB's own is 60.
TRANSACTION_SECONDS = 20


@dataclass(frozen=True)
class MongoNode:
    mongod: Mongod
    data: Path
    port: int
    cache_gb: float = 0.5
    parameters: tuple[str, ...] = ()

    def command(self) -> list[str]:
        self.data.mkdir(parents=True, exist_ok=True)
        return [
            *(str(self.mongod.path), "--quiet", "--bind_ip", "127.0.0.1", "--nounixsocket"),
            *("--port", str(self.port), "--dbpath", str(self.data), "--replSet", REPLICA_SET),
            *("--wiredTigerCacheSizeGB", str(self.cache_gb)),
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
            *("--setParameter", f"transactionLifetimeLimitSeconds={TRANSACTION_SECONDS}"),
            *(word for parameter in self.parameters for word in ("--setParameter", parameter)),
        ]

    def environment(self) -> dict[str, str]:
        return self.mongod.environment()


def uri(ports: Sequence[int]) -> str:
    hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
    return f"mongodb://{hosts}/?replicaSet={REPLICA_SET}"


def wait_for(port: int, *, seconds: float = 60) -> None:
    with direct_client(port) as client:
        wait_until(lambda: answers(client), f"MongoDB on port {port}", seconds=seconds)


def initiate(ports: Sequence[int], *, seconds: float = 60, election_ms: int = 10_000) -> None:
    """Makes the nodes, which answer already, one replica set with a primary. Safe to repeat.

    `election_ms`: after how long a silence of the primary the others elect a new one.
    """
    members = [{"_id": place, "host": f"127.0.0.1:{port}"} for place, port in enumerate(ports)]
    settings = {"electionTimeoutMillis": election_ms}
    config = {"_id": REPLICA_SET, "members": members, "settings": settings}
    with direct_client(ports[0]) as client:
        if not is_initiated(client):
            client.admin.command("replSetInitiate", config)
        wait_until(lambda: has_primary(client), "a primary in MongoDB", seconds=seconds)


def is_primary(port: int) -> bool:
    with direct_client(port) as client:
        try:
            return bool(client.admin.command("hello").get("isWritablePrimary"))
        except PyMongoError:
            return False


def direct_client(port: int) -> MongoClient[dict[str, Any]]:
    return MongoClient(
        "127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=1000, connect=False
    )


def answers(client: MongoClient[dict[str, Any]]) -> bool:
    try:
        return bool(client.admin.command("ping")["ok"])
    except PyMongoError:
        return False


def is_initiated(client: MongoClient[dict[str, Any]]) -> bool:
    try:
        return bool(client.admin.command("replSetGetStatus")["ok"])
    except OperationFailure as error:
        if error.code == NOT_YET_INITIALIZED:
            return False
        raise


def has_primary(client: MongoClient[dict[str, Any]]) -> bool:
    try:
        hello = client.admin.command("hello")
    except PyMongoError:
        return False
    return bool(hello.get("isWritablePrimary") or hello.get("primary"))
