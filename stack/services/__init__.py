"""MongoDB, Kafka and Redis of an instance: ours, unless the environment names others."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from pymongo import MongoClient

from stack.common.instances import Instance
from stack.common.progress import detailed
from stack.processes.programs import SERVICE, Program
from stack.services import kafka, mongo
from stack.services import redis as redis_server
from stack.services.kafka import KafkaNode, Listener
from stack.services.mongo import MongoNode
from stack.services.redis import RedisServer
from stack.setup.mongod import find_mongod


def addresses(instance: Instance, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    ports = instance.ports
    own = {
        "MONGODB_URI": mongo.uri([ports.mongo]),
        "KAFKA_BOOTSTRAP_SERVERS": f"127.0.0.1:{ports.kafka}",
        "REDIS_URL": f"redis://127.0.0.1:{ports.redis}/{instance.redis_database}",
    }
    found = {name: environ.get(name, value) for name, value in own.items()}
    if instance.borrows_services:
        found["REDIS_URL"] = with_database(found["REDIS_URL"], instance.redis_database)
    return found


def with_database(redis_url: str, number: int) -> str:
    return urlsplit(redis_url)._replace(path=f"/{number}").geturl()


def erase(database: str, environment: Mapping[str, str]) -> None:
    """Deletes our own MongoDB database; Redis is left alone, as others may use it."""
    with MongoClient[dict[str, Any]](environment["MONGODB_URI"]) as mongodb:
        mongodb.drop_database(database)


def downloads(environ: Mapping[str, str] = os.environ) -> dict[str, Callable[[], object]]:
    """What has to be there before ours start, by name; they may run at the same time."""
    needed: dict[str, Callable[[], object]] = {}
    if "MONGODB_URI" not in environ:
        needed["MongoDB"] = find_mongod
    if "KAFKA_BOOTSTRAP_SERVERS" not in environ:
        needed["Kafka"] = kafka.fetch_jars
    return needed


def programs(instance: Instance, environ: Mapping[str, str] = os.environ) -> list[Program]:
    ours = []
    if "MONGODB_URI" not in environ:
        node = MongoNode(find_mongod(), instance.data / "mongo", instance.ports.mongo)
        ours.append(Program("mongod", node.command(), SERVICE, node.environment(), 40))
    if "KAFKA_BOOTSTRAP_SERVERS" not in environ:
        ours.append(Program("kafka", kafka_node(instance).command(), SERVICE, {}, 40))
    if "REDIS_URL" not in environ:
        redis = RedisServer(instance.data / "redis", instance.ports.redis)
        ours.append(Program("redis", redis.command(), SERVICE))
    return ours


def kafka_node(instance: Instance) -> KafkaNode:
    listener = Listener(instance.ports.kafka, instance.ports.kafka_controller)
    return KafkaNode(1, [listener], instance.data / "kafka")


def ports(instance: Instance, names: Sequence[str]) -> list[int]:
    own = instance.ports
    by_name = {"mongod": [own.mongo], "kafka": [own.kafka, own.kafka_controller]}
    by_name["redis"] = [own.redis]
    return [port for name in names for port in by_name[name]]


def prepare(instance: Instance, names: Sequence[str]) -> None:
    if "kafka" in names:
        kafka_node(instance).prepare(kafka.new_cluster_id())


def wait_ready(instance: Instance, names: Sequence[str]) -> None:
    own = instance.ports
    waits: dict[str, Callable[[], None]] = {
        "redis": lambda: redis_server.wait_for(own.redis),
        "mongod": lambda: start_replica_set(own.mongo),
        "kafka": lambda: kafka.wait_for([own.kafka]),
    }
    for name, wait in waits.items():
        if name in names:
            with detailed(partial("waiting for {}".format, name)):
                wait()


def start_replica_set(port: int) -> None:
    mongo.wait_for(port)
    mongo.initiate([port])
