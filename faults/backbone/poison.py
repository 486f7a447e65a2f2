"""Messages that cannot be handled: each becomes a complete dead letter, the later events of its
booking wait, other bookings go on, and what a person does puts the order right."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from faults.backbone.scenario import Scenario
from faults.backbone.system import Kind
from faults.backbone.verdict import Verdict
from faults.workers import Member

WAIT_SECONDS = 120
KINDS = {"relay": Kind("relay"), "owners": Kind("consumer-owners")}
Payload = dict[str, Any]
# What is sent in place of a booking's second event, made from a good one.
POISON: Mapping[str, Callable[[Payload], Any]] = {
    "bad JSON": lambda _good: b'{"event_id": ',
    "no event type": lambda good: {**good, "event_type": None},
    "missing field": lambda good: {k: v for k, v in good.items() if k != "booking_id"},
    "unknown major version": lambda good: {**good, "schema_version": 99},
}
BUG = "handler bug"


def run(directory: Path) -> Verdict:
    with Scenario(directory, "poison", KINDS) as scenario:
        said, findings = scenario.do(_course)
    return Verdict(said, findings)


def _course(_member: Member) -> tuple[list[str], dict[str, list[str]]]:
    from apps.events.dead_letters.records import FAILED, OPEN
    from faults.backbone import dead_letters
    from faults.backbone.poisoned import Poisoned

    said, findings = [], {}
    with Poisoned() as at:
        ids = {kind: at.book() for kind in [*POISON, BUG]}
        other = at.book()
        for kind, make in POISON.items():
            at.send(ids[kind], make(at.good(ids[kind])))
        at.break_for(ids[BUG])
        for booking_id in [*ids.values(), other]:
            at.accept_and_cancel(booking_id)
        _wait(lambda: all(at.is_stuck(one) for one in ids.values()) and at.is_whole(other))
        stuck = at.dead_letters()
        said.append(
            f"{len(ids)} kinds of poison: {len(stuck)} dead letters, their followers among them"
        )
        findings["incomplete dead letters"] = [
            *dead_letters.incomplete(stuck),
            *at.without_dead_letter(),
        ]
        findings["events that did not wait"] = [
            note for one in ids.values() for note in at.applied_behind(one)
        ]
        at.mend_for(ids[BUG])
        said += dead_letters.replay_or_discard(at.dead_letters(status=FAILED))
        _wait(
            lambda: (
                all(at.is_whole(one) for one in ids.values())
                and not at.dead_letters(status={"$in": OPEN})
            )
        )
        before = at.notes()
        again = dead_letters.replay_again(at.dead_letters())
        said.append(f"asked again: {again} sent; {at.repeat()} copies published a second time")
        _wait(at.is_quiet)
        findings["notes after a second replay"] = at.news(before)
        findings |= at.order()
    return said, findings


def _wait(ready: Callable[[], bool]) -> None:
    ends = time.monotonic() + WAIT_SECONDS
    while not ready():
        if time.monotonic() > ends:
            raise TimeoutError(f"not within {WAIT_SECONDS} s")
        time.sleep(0.2)
