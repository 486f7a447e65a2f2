"""A three-node MongoDB that loses its primary and fails commands while guests book."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from faults.load import Tally, load, losses, place_make, replays
from faults.workers import Member, Workers
from stack.services import mongo as mongod
from stack.services.clusters import ReplicaSet

WORKERS = 4
# Longer than a key stays locked after a call that nobody knows the end of.
PATIENCE_SECONDS = 45
REPLAYED = 200
GAP_SECONDS = (0.3, 1.2)
DOWN_SECONDS = 1.5
TRANSIENT, UNKNOWN = "TransientTransactionError", "UnknownTransactionCommitResult"
WRITES = ["insert", "update", "findAndModify", "delete"]
# What the next few such commands come to, by name. A write concern error is one that comes after
# the command was done; 91 is a shutdown, 112 a write conflict, 251 a transaction that is not known.
FAULTS: Mapping[str, dict[str, Any]] = {
    "commit: connection closed": {"failCommands": ["commitTransaction"], "closeConnection": True},
    "commit: done, the answer is an error": {
        "failCommands": ["commitTransaction"],
        "writeConcernError": {"code": 91, "errmsg": "on purpose"},
    },
    "commit: outcome unknown": {
        "failCommands": ["commitTransaction"],
        "errorCode": 91,
        "errorLabels": [UNKNOWN],
    },
    "commit: to be tried again": {
        "failCommands": ["commitTransaction"],
        "errorCode": 251,
        "errorLabels": [TRANSIENT],
    },
    "write: connection closed": {"failCommands": WRITES, "closeConnection": True},
    "write: conflict": {"failCommands": WRITES, "errorCode": 112, "errorLabels": [TRANSIENT]},
    "write: shutting down": {"failCommands": WRITES, "errorCode": 91},
    "write: slow": {"failCommands": WRITES, "blockConnection": True, "blockTimeMS": 500},
    "read: connection closed": {"failCommands": ["find"], "closeConnection": True},
}
KILL = "kill -9 of the primary"


@dataclass
class Verdict:
    """`done` are the faults, `bitten` is how many commands met a fail point."""

    bitten: int = 0
    done: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    losses: list[str] = field(default_factory=list)
    breaches: dict[str, list[str]] = field(default_factory=dict)

    @property
    def problems(self) -> list[str]:
        found = [f"{name}: {len(ids)}, {ids[0]}" for name, ids in self.breaches.items()]
        return [*self.losses, *found, *self.tally.strange]

    @property
    def holds(self) -> bool:
        return bool(self.tally.acknowledged) and self.bitten > 0 and not self.problems

    def lines(self) -> list[str]:
        tally, kills = self.tally, self.done[KILL]
        points, kinds = self.done.total() - kills, len(self.done) - 1
        acknowledged, doubtful = len(tally.acknowledged), len(tally.doubtful)
        return [
            f"{kills} kills, {points} fail points of {kinds} kinds that {self.bitten} commands met",
            f"{tally.calls} calls, {tally.failures} of them again, {doubtful} never answered",
            f"{acknowledged} acknowledged changes",
            *(self.problems[:10] or ["all of them are there, and no invariant is broken"]),
        ]


def run(
    directory: Path,
    database: str,
    *,
    seconds: float,
    kills: int,
    seed: int,
    patience: float = PATIENCE_SECONDS,
) -> Verdict:
    verdict = Verdict()
    parameters = ("enableTestCommands=1",)
    with ReplicaSet.of_three(directory, parameters) as nodes:
        own = {"MONGODB_URI": nodes.uri, "MONGODB_DATABASE": database}
        with Workers(WORKERS, own) as workers:
            place = workers.do(_begin)[0]
            workers.begin(load, place, seconds, patience, seed)
            for name in _plan(seconds, kills, seed):
                verdict.done[name] += 1
                verdict.bitten += _apply(nodes, name)
            verdict.bitten += sum(_end_fail_point(port) for port in nodes.ports)
            for tally in workers.finish():
                verdict.tally.add(tally)
            verdict.losses, verdict.breaches = workers.do(_end, verdict.tally)[0]
            for found in workers.do(replays, verdict.tally.acknowledged[:REPLAYED]):
                verdict.losses += found
    return verdict


def _plan(seconds: float, kills: int, seed: int) -> Iterator[str]:
    """Names of faults, with pauses between, until the load ends; the kills evenly among them."""
    rng, began = random.Random(seed), time.monotonic()  # noqa: S311
    names: list[str] = []
    killed = 0
    while (passed := time.monotonic() - began) < seconds:
        if killed < kills and passed >= seconds * (killed + 0.5) / kills:
            killed += 1
            yield KILL
        else:
            names = names or rng.sample(sorted(FAULTS), len(FAULTS))
            yield names.pop()
        time.sleep(rng.uniform(*GAP_SECONDS))


def _apply(nodes: ReplicaSet, name: str) -> int:
    """Returns how many commands a killed node had failed."""
    primary = nodes.primary()
    if name != KILL:
        with mongod.direct_client(nodes.ports[primary]) as client:
            _fail_point(client, {"times": 3}, FAULTS[name])
        return 0
    bitten = _end_fail_point(nodes.ports[primary])
    nodes.kill(primary)
    time.sleep(DOWN_SECONDS)
    nodes.start_node(primary)
    mongod.wait_for(nodes.ports[primary])
    return bitten


def _end_fail_point(port: int) -> int:
    """Ends the fail point of a node; returns how many commands met one since it was started."""
    with mongod.direct_client(port) as client:
        return _fail_point(client, "off", {})


def _fail_point(client: MongoClient[dict[str, Any]], mode: Any, data: dict[str, Any]) -> int:
    command = {"configureFailPoint": "failCommand", "mode": mode, "data": data}
    try:
        return int(client.admin.command(command)["count"])
    except PyMongoError:
        # The node that it was meant for is not the primary any more, or not there.
        return 0


def _begin(member: Member) -> Any:
    from django.core.management import call_command

    from apps.common import indexes

    if member.place:
        return None
    call_command("migrate", verbosity=0)
    indexes.ensure()
    return place_make(member)


def _end(member: Member, tally: Tally) -> Any:
    from apps.bookings.invariants import breaches
    from apps.common.clock import utc_now
    from apps.properties.services.search_rebuild import entries_differing
    from faults import bank

    if member.place:
        return None
    strays = bank.differences(now=utc_now())
    found = {
        **breaches(now=utc_now()),
        "payments that the bank sees otherwise": strays,
        "search entries that differ": list(map(str, entries_differing())),
    }
    return losses(tally), {name: ids for name, ids in found.items() if ids}
