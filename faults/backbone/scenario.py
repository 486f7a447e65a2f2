"""A database, topics and processes of a section's own, and a worker that calls and judges.

with Scenario(directory, "chaos", KINDS) as scenario:
    scenario.drive(seconds=60, rate=4, seed=1)
    scenario.system["relay-1"].send(signal.SIGKILL)
    scenario.judge(verdict, scenario.driven(), drain_seconds=60)
"""

import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from io import StringIO
from pathlib import Path
from typing import Any, Self

from kafka import KafkaAdminClient
from pymongo import MongoClient

from faults.backbone.system import Kind, System, own_environment
from faults.backbone.traffic import Traffic, drive, places_make
from faults.backbone.verdict import Verdict
from faults.backbone.wire import Published
from faults.load import Tally
from faults.workers import Member, Workers

WEB: Mapping[str, Kind] = {
    "booking": Kind("booking", web=True),
    "owner": Kind("owner", web=True),
}
RELAYS: Mapping[str, Kind] = {"relay-1": Kind("relay"), "relay-2": Kind("relay")}
CONSUMERS: Mapping[str, Kind] = {
    "owners-1": Kind("consumer-owners"),
    "owners-2": Kind("consumer-owners"),
    "travelers": Kind("consumer-travelers"),
    "notifications": Kind("consumer-notifications"),
}
GROUPS = ("owners", "travelers", "notifications")
CALLERS = 4
ADMIN_MS = 10_000


class Scenario:
    """`variables` are of the processes' environment, such as addresses of other services; those in
    `held` are started by `scenario.system.start`."""

    def __init__(
        self,
        directory: Path,
        section: str,
        kinds: Mapping[str, Kind],
        *,
        held: Sequence[str] = (),
        **variables: str,
    ) -> None:
        # Kafka's client logs every connection that is refused.
        logging.getLogger("kafka").setLevel(logging.CRITICAL)
        self.environment = own_environment(section, **variables)
        self.system = System(directory, kinds, self.environment)
        self.workers = Workers(1, self.environment)
        self.held = held
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            opening.callback(_forget, self.environment)
            opening.enter_context(self.workers)
            self.do(_begin)
            for name in self.held:
                self.system.restarter.hold(name)
            opening.enter_context(self.system)
            self.system.wait_ready([n for n in self.system.kinds if n not in self.held])
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def do(self, task: Any, *arguments: Any) -> Any:
        """`task(member, *arguments)` in the one worker."""
        return self.workers.do(task, *arguments)[0]

    def drive(self, *, seconds: float, rate: float, seed: int, callers: int = CALLERS) -> None:
        """Begins a load of `rate` bookings a second; `driven` waits for its end."""
        urls = {name: self.system.url(name) for name in WEB if name in self.system.ports}
        places = self.do(places_make, callers)
        self.workers.begin(drive, places, Traffic(urls, seconds, rate, seed))

    def driven(self) -> Tally:
        (tally,) = self.workers.finish()
        return tally

    def judge(self, verdict: Verdict, tally: Tally, *, drain_seconds: float) -> Published:
        """Waits until everything is applied and read, and adds what was found to the verdict."""
        findings, said, topics = self.do(judge_drained, tally, drain_seconds)
        verdict.findings |= findings
        verdict.said += said
        return topics


def judge_drained(
    _member: Member, tally: Tally, seconds: float
) -> tuple[Any, list[str], Published]:
    from faults.backbone import oracle, wire

    took, left = _drain(seconds)
    topics = wire.published()
    findings = {
        **oracle.judge(tally),
        "what is left": left,
        "events published before an earlier one": topics.overtaken,
    }
    changes = len(tally.acknowledged)
    said = [
        f"{changes} acknowledged changes of {tally.calls} calls, {tally.failures} of them again",
        f"{len(tally.doubtful)} calls that were never answered",
        f"{topics.messages} messages in the topics, {topics.repeated} of them published again",
        f"drained {took:.1f} s after the load",
    ]
    return findings, said, topics


def _drain(seconds: float) -> tuple[float, list[str]]:
    """How long it took until nothing waits, and what does when the time is over."""
    from faults.backbone import oracle, wire

    began, left = time.monotonic(), ["never looked"]
    while left and time.monotonic() < began + seconds:
        waiting = oracle.pending()
        left = [f"{waiting} events wait"] if waiting else []
        left = left or [f"{name}: {count}" for name, count in wire.unread(GROUPS).items()]
        time.sleep(1 if left else 0)
    return time.monotonic() - began, left


def _begin(_member: Member) -> None:
    from django.core.management import call_command

    from apps.common import indexes

    call_command("migrate", verbosity=0)
    indexes.ensure()
    call_command("create_topics", stdout=StringIO())


def _forget(environment: Mapping[str, str]) -> None:
    """The database and the topics. Not by the worker, which may still call after a failure."""
    with MongoClient[dict[str, Any]](environment["MONGODB_URI"]) as client:
        client.drop_database(environment["MONGODB_DATABASE"])
    with closing(_admin(environment)) as admin:
        names = admin.list_topics()
        admin.delete_topics([n for n in names if n.startswith(environment["KAFKA_PREFIX"])])


def _admin(environment: Mapping[str, str]) -> KafkaAdminClient:
    servers = environment["KAFKA_BOOTSTRAP_SERVERS"].split(",")
    return KafkaAdminClient(bootstrap_servers=servers, bootstrap_timeout_ms=ADMIN_MS)
