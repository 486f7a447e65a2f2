"""Three Kafka brokers that lose a leader, the controller, and then all of them."""

import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from faults.backbone.scenario import CONSUMERS, RELAYS, WEB, Scenario
from faults.backbone.verdict import Verdict
from faults.load import Tally
from stack.common.waiting import wait_until
from stack.services import kafka
from stack.services.clusters import KafkaCluster

BOOKINGS_A_SECOND = 4
TOPIC = "booking-updates"
DOWN_SECONDS = 4
# With the time until all copies are there again; the load lasts for as long as all of them.
SECONDS_A_KILL = 25
WHOLE_SECONDS = 90
DRAIN_SECONDS = 240
ADMIN_MS = 5000
KINDS = {**WEB, **RELAYS, **{n: kind for n, kind in CONSUMERS.items() if n != "owners-2"}}


def run(directory: Path, *, rounds: int, dark_seconds: float, seed: int) -> Verdict:
    """`rounds` of a leader and a controller that end, then `dark_seconds` without any broker."""
    verdict = Verdict()
    with KafkaCluster.of_three(directory) as nodes:
        variables = {"KAFKA_BOOTSTRAP_SERVERS": nodes.bootstrap_servers}
        with Scenario(directory, "brokers", KINDS, **variables) as scenario:
            topic = f"{scenario.environment['KAFKA_PREFIX']}{TOPIC}"
            scenario.drive(seconds=rounds * 2 * SECONDS_A_KILL, rate=BOOKINGS_A_SECOND, seed=seed)
            killed = [_kill_in_turn(nodes, topic, number) for number in range(2 * rounds)]
            tally = scenario.driven()
            verdict.said.append(f"kill -9: {', '.join(killed)}")
            dark = _dark(nodes, scenario, seconds=dark_seconds, seed=seed + 1)
            verdict.said.append(
                f"{dark_seconds:.0f} s without a broker: {len(dark.acknowledged)} acknowledged "
                f"changes, {dark.failures} failures; relays were started "
                f"{_starts(scenario)} times in all"
            )
            failed = f"{dark.failures} of {dark.calls} calls, {len(dark.acknowledged)} acknowledged"
            verdict.findings["failures without a broker"] = (
                [failed] if dark.failures or not dark.acknowledged else []
            )
            tally.add(dark)
            scenario.judge(verdict, tally, drain_seconds=DRAIN_SECONDS)
    return verdict


def _kill_in_turn(nodes: KafkaCluster, topic: str, number: int) -> str:
    """The leader of one partition after the other, and the active controller."""
    partition = number // 2 % 3
    what = "controller" if number % 2 else f"leader of {partition}"
    find = _controller if number % 2 else partial(_leader, partition=partition)
    victim = _when_whole(nodes, topic, find)
    nodes.kill(victim - 1)
    time.sleep(DOWN_SECONDS)
    nodes.start_node(victim - 1)
    return f"{victim} ({what})"


def _dark(nodes: KafkaCluster, scenario: Scenario, *, seconds: float, seed: int) -> Tally:
    for index in list(nodes.processes):
        nodes.kill(index)
    scenario.drive(seconds=seconds, rate=BOOKINGS_A_SECOND, seed=seed)
    tally = scenario.driven()
    for index in range(len(nodes.nodes)):
        nodes.start_node(index)
    kafka.wait_for(nodes.ports)
    return tally


def _starts(scenario: Scenario) -> int:
    return sum(scenario.system[name].starts for name in RELAYS)


def _when_whole(
    nodes: KafkaCluster, topic: str, find: Callable[[KafkaAdminClient, list[Any]], int]
) -> int:
    """What `find` says of the topic's partitions once each has all of its copies again."""
    found: list[int] = []

    def is_whole() -> bool:
        try:
            with closing(_admin(nodes)) as admin:
                parts = admin.describe_topics([topic])[0]["partitions"]
                if any(len(one["isr_nodes"]) < len(one["replica_nodes"]) for one in parts):
                    return False
                found.append(find(admin, parts))
        except (KafkaError, OSError, IndexError):
            return False
        return found[-1] > 0

    wait_until(is_whole, "all copies", seconds=WHOLE_SECONDS, pause=1)
    return found[-1]


def _admin(nodes: KafkaCluster) -> KafkaAdminClient:
    servers = nodes.bootstrap_servers
    return KafkaAdminClient(bootstrap_servers=servers, bootstrap_timeout_ms=ADMIN_MS)


def _leader(_admin: KafkaAdminClient, parts: list[Any], partition: int) -> int:
    return next(int(one["leader_id"]) for one in parts if one["partition_index"] == partition)


def _controller(admin: KafkaAdminClient, _parts: list[Any]) -> int:
    (topic,) = admin.describe_metadata_quorum()["topics"]
    return int(topic["partitions"][0]["leader_id"])
