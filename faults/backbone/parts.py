"""The parts of `make faults` that are about the backbone, by name."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from faults.backbone import brokers, chaos, latency, poison, relays, zombie
from faults.backbone.verdict import Verdict

DOUBLES = "effects applied twice"
BROKER_ROUNDS = 5
DARK_MINUTES = 3.0
RELAY_MINUTES = 10.0
TWIN_SECONDS = 20
LATENCY_MINUTES = 1.0
Given = argparse.Namespace


def _chaos(directory: Path, given: Given) -> Verdict:
    return chaos.run(directory, injections=given.injections, seed=given.seed)


def _brokers(directory: Path, given: Given) -> Verdict:
    seconds = 60 * (given.minutes or DARK_MINUTES)
    return brokers.run(directory, rounds=BROKER_ROUNDS, dark_seconds=seconds, seed=given.seed)


def _zombie(directory: Path, given: Given) -> Verdict:
    return zombie.run(directory)


def _zombie_twin(directory: Path, given: Given) -> Verdict:
    """Breaks, or the zombie above proves nothing."""
    return twin(zombie.run(directory, without=("inbox",)))


def _poison(directory: Path, given: Given) -> Verdict:
    return poison.run(directory)


def _relays(directory: Path, given: Given) -> Verdict:
    seconds = 60 * (given.minutes or RELAY_MINUTES)
    return relays.run(directory, seconds=seconds, seed=given.seed)


def _relays_twin(directory: Path, given: Given) -> Verdict:
    """Publishes most twice; order and effects hold without the lease, by the inbox."""
    return relays.run(directory, seconds=TWIN_SECONDS, seed=given.seed, without=("lease",))


def _latency(directory: Path, given: Given) -> Verdict:
    seconds = 60 * (given.minutes or LATENCY_MINUTES)
    return latency.run(directory, seconds=seconds, rate=given.rate, seed=given.seed)


def twin(verdict: Verdict) -> Verdict:
    """Of what ran without the inbox: its doubles are what is wanted."""
    doubles = verdict.findings.pop(DOUBLES)
    verdict.said.append(f"without the inbox {len(doubles)} effects were applied twice")
    verdict.findings["twins that did not break"] = [] if doubles else ["the inbox was off"]
    return verdict


Runs = Mapping[str, Callable[[Path, Given], Verdict]]
PARTS: Mapping[str, Runs] = {
    "chaos": {"random kill -9 and SIGSTOP of the whole backbone": _chaos},
    "brokers": {"three Kafka brokers that end in turn, and all at once": _brokers},
    "zombie": {
        "a consumer stopped beyond its session": _zombie,
        "its twin without the inbox": _zombie_twin,
    },
    "poison": {"messages that cannot be handled": _poison},
    "relays": {
        "two relays at once, the active one killed or stopped": _relays,
        "their twin without the lease": _relays_twin,
    },
    "latency": {"from the 201 to the item": _latency},
}
