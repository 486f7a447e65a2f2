"""The sections of `make faults` that are about the backbone, by name."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from faults.backbone import brokers, chaos, latency, poison, relays, zombie
from faults.backbone.verdict import Verdict

DOUBLES = "effects applied twice"
BROKER_ROUNDS = 5
DARK_MINUTES = 3.0
RELAY_MINUTES = 10.0
CONTROL_SECONDS = 20
LATENCY_MINUTES = 1.0
Options = argparse.Namespace


def _chaos(directory: Path, options: Options) -> Verdict:
    return chaos.run(directory, injections=options.injections, seed=options.seed)


def _brokers(directory: Path, options: Options) -> Verdict:
    seconds = 60 * (options.minutes or DARK_MINUTES)
    return brokers.run(directory, rounds=BROKER_ROUNDS, dark_seconds=seconds, seed=options.seed)


def _zombie(directory: Path, options: Options) -> Verdict:
    return zombie.run(directory)


def _zombie_control(directory: Path, options: Options) -> Verdict:
    """Breaks, or the zombie above proves nothing."""
    return negative_control(zombie.run(directory, without=("inbox",)))


def _poison(directory: Path, options: Options) -> Verdict:
    return poison.run(directory)


def _relays(directory: Path, options: Options) -> Verdict:
    seconds = 60 * (options.minutes or RELAY_MINUTES)
    return relays.run(directory, seconds=seconds, seed=options.seed)


def _relays_control(directory: Path, options: Options) -> Verdict:
    """Publishes most twice; order and effects hold without the lease, by the inbox."""
    return relays.run(directory, seconds=CONTROL_SECONDS, seed=options.seed, without=("lease",))


def _latency(directory: Path, options: Options) -> Verdict:
    seconds = 60 * (options.minutes or LATENCY_MINUTES)
    return latency.run(directory, seconds=seconds, rate=options.rate, seed=options.seed)


def negative_control(verdict: Verdict) -> Verdict:
    """Of what ran without the inbox: its doubles are what is wanted."""
    doubles = verdict.findings.pop(DOUBLES)
    verdict.said.append(f"without the inbox {len(doubles)} effects were applied twice")
    verdict.findings["negative controls that did not break"] = (
        [] if doubles else ["the inbox was off"]
    )
    return verdict


Runs = Mapping[str, Callable[[Path, Options], Verdict]]
SECTIONS: Mapping[str, Runs] = {
    "chaos": {"random kill -9 and SIGSTOP of the whole backbone": _chaos},
    "brokers": {"three Kafka brokers that end in turn, and all at once": _brokers},
    "zombie": {
        "a consumer stopped beyond its session": _zombie,
        "its negative control without the inbox": _zombie_control,
    },
    "poison": {"messages that cannot be handled": _poison},
    "relays": {
        "two relays at once, the active one killed or stopped": _relays,
        "their negative control without the lease": _relays_control,
    },
    "latency": {"from the 201 to the item": _latency},
}
