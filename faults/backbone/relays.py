"""Two relays at once, the active one killed, or stopped for longer than its lease."""

import signal
import time
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from faults.backbone.scenario import CONSUMERS, WEB, Scenario
from faults.backbone.system import Kind
from faults.backbone.verdict import Verdict
from stack.common.waiting import wait_until

BOOKINGS_A_SECOND = 4
LEASE_MOVES_SECONDS = 15
STOPPED_SECONDS = 14
BETWEEN_SECONDS = 12
DRAIN_SECONDS = 90


def run(directory: Path, *, seconds: float, seed: int, without: tuple[str, ...] = ()) -> Verdict:
    """With the lease off nobody holds it, so nobody is killed: both publish all the time, and most
    events twice. Order and effects hold even so: a row is passed over only after another relay
    has its acknowledgement, so the first of each event is in order; the inbox drops the rest."""
    relay = Kind("relay", ("relay", *without))
    verdict, kinds = Verdict(), {**WEB, **CONSUMERS, "relay-1": relay, "relay-2": relay}
    with Scenario(directory, "relays", kinds) as scenario:
        scenario.drive(seconds=seconds, rate=BOOKINGS_A_SECOND, seed=seed)
        if not without:
            moved, stops = _move_the_lease(scenario, seconds=seconds)
            slow = [f"{took:.1f} s" for took in moved if took > LEASE_MOVES_SECONDS]
            verdict.findings["leases that moved too late"] = slow or ([] if moved else ["never"])
            verdict.said.append(_report(seconds, moved, stops))
        topics = scenario.judge(verdict, scenario.driven(), drain_seconds=DRAIN_SECONDS)
        if without and not topics.repeated:
            verdict.findings["negative controls that did not break"] = [
                "nothing was published twice"
            ]
    return verdict


def _report(seconds: float, moved: list[float], stops: int) -> str:
    times = ", ".join(f"{took:.1f}" for took in moved)
    return f"{seconds:.0f} s of load, {stops} stops; the lease moved {times} s after each kill"


def _move_the_lease(scenario: Scenario, *, seconds: float) -> tuple[list[float], int]:
    """Kills and stops its holder in turn; returns how many seconds it took to move after kills."""
    ends, moved, stops = time.monotonic() + seconds, list[float](), 0
    with MongoClient[dict[str, Any]](scenario.environment["MONGODB_URI"]) as client:
        leases = client[scenario.environment["MONGODB_DATABASE"]]["leases"]

        def holder() -> str:
            return str((leases.find_one({"_id": "relay"}) or {}).get("owner", ""))

        def moved_from(owner: str) -> bool:
            return holder() != owner

        for number in count():
            wait_until(lambda: ":" in holder(), "a holder", seconds=30)
            owner, began = holder(), time.monotonic()
            process = scenario.system[owner.partition(":")[0]]
            process.send(signal.SIGSTOP if number % 2 else signal.SIGKILL)
            wait_until(partial(moved_from, owner), "another holder", seconds=60)
            if number % 2:
                stops += 1
                time.sleep(max(0, began + STOPPED_SECONDS - time.monotonic()))
                process.send(signal.SIGCONT)
            else:
                moved.append(time.monotonic() - began)
            if time.monotonic() + BETWEEN_SECONDS + STOPPED_SECONDS > ends:
                return moved, stops
            time.sleep(BETWEEN_SECONDS)
    raise AssertionError
