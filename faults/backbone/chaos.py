"""Random kill -9 and SIGSTOP of the whole backbone while guests book."""

from collections import Counter
from pathlib import Path

from faults.backbone.injections import PRIMARY, Injector
from faults.backbone.scenario import CONSUMERS, RELAYS, WEB, Scenario
from faults.backbone.verdict import Verdict
from stack.services.clusters import ReplicaSet

BOOKINGS_A_SECOND = 4
SECONDS_AN_INJECTION = 6
DRAIN_SECONDS = 180
KINDS = {**WEB, **RELAYS, **CONSUMERS}
TARGETS = [*KINDS, PRIMARY]


def run(directory: Path, *, injections: int, seed: int) -> Verdict:
    verdict, seconds = Verdict(), injections * SECONDS_AN_INJECTION
    with (
        ReplicaSet.of_three(directory) as nodes,
        Scenario(directory, "chaos", KINDS, MONGODB_URI=nodes.uri) as scenario,
    ):
        scenario.drive(seconds=seconds, rate=BOOKINGS_A_SECOND, seed=seed)
        injector = Injector(scenario.system.restarter, nodes, seed=seed)
        injector.run(TARGETS, count=injections, seconds=seconds)
        tally = scenario.driven()
        verdict.said += _report(injector.done, scenario)
        scenario.judge(verdict, tally, drain_seconds=DRAIN_SECONDS)
    return verdict


def _report(done: Counter[tuple[str, str]], scenario: Scenario) -> list[str]:
    by_target: dict[str, list[str]] = {}
    for (target, kind), count in sorted(done.items()):
        by_target.setdefault(target, []).append(f"{count} {kind}")
    restarts = sum(process.starts - 1 for process in scenario.system.restarter.processes.values())
    return [
        f"{done.total()} injections, {restarts} processes started anew",
        *(f"  {target}: {', '.join(kinds)}" for target, kinds in by_target.items()),
    ]
