"""A consumer that is stopped in the middle of a batch until another has its partitions, and then
goes on where it was. Its effect is a note that nothing but the inbox keeps from being repeated."""

import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kafka import KafkaAdminClient

from faults.backbone.scenario import Scenario
from faults.backbone.system import Kind
from faults.backbone.verdict import Verdict
from faults.workers import Member
from stack.common.waiting import wait_until

EFFECT_SECONDS = "0.05"
BOOKINGS = 150
LATER = 20
SOME = 5
# The zombie is stopped inside a transaction, whose event nobody can apply before MongoDB ends it.
WAIT_SECONDS = 200


def run(directory: Path, *, without: tuple[str, ...] = ()) -> Verdict:
    """`without`: the guards that are off, such as ("inbox",)."""
    probe = Kind(
        "consumer-owners", ("probe", *without), more={"FAULTS_EFFECT_SECONDS": EFFECT_SECONDS}
    )
    kinds = {"relay": Kind("relay"), "probe-1": probe, "probe-2": probe}
    with Scenario(directory, "zombie", kinds, held=["probe-1", "probe-2"]) as scenario:
        scenario.do(book, BOOKINGS)
        _wait(lambda: scenario.do(_published) >= BOOKINGS, "the publication")
        scenario.system.start("probe-1")
        _wait(lambda: scenario.do(_applied) >= SOME, "the first effects")
        scenario.system["probe-1"].send(signal.SIGSTOP)
        stopped_at = time.monotonic()
        before = scenario.do(_applied)
        scenario.system.start("probe-2")
        _wait(lambda: scenario.do(_applied) >= BOOKINGS, "the other's effects")
        scenario.system["probe-1"].send(signal.SIGCONT)
        stopped = time.monotonic() - stopped_at
        _wait(lambda: _members(scenario) == 2, "the zombie's return")  # noqa: PLR2004
        scenario.do(book, LATER)
        _wait(lambda: scenario.do(_applied) >= BOOKINGS + LATER, "the last effects")
        twice, lost = scenario.do(_judge)
    said = f"{BOOKINGS} events, stopped after {before} of them for {stopped:.0f} s"
    return Verdict([said], {"effects applied twice": twice, "events without an effect": lost})


def _wait(ready: Callable[[], bool], what: str) -> None:
    wait_until(ready, what, seconds=WAIT_SECONDS, pause=0.1)


def _members(scenario: Scenario) -> int:
    """It joins again only from the poll after the batch that it was stopped in."""
    servers = scenario.environment["KAFKA_BOOTSTRAP_SERVERS"]
    group = f"{scenario.environment['KAFKA_PREFIX']}probe"
    with closing(KafkaAdminClient(bootstrap_servers=servers)) as admin:
        found = admin.describe_groups([group])[group]
    return len(found["members"]) if found["group_state"] == "Stable" else 0


def book(_member: Member, count: int) -> list[str]:
    """Bookings past the web roles; returns their ids."""
    from faults.backbone.traffic import places_make
    from faults.fixtures import Person, stay_of

    (place,) = places_make(_member, 1)
    guest, ids = Person(place.guest_id), []
    for number in range(count):
        listing_id = place.listing_ids[number % len(place.listing_ids)]
        stay = stay_of(listing_id, start=2 * (number // len(place.listing_ids)))
        ids.append(str(guest.post("/api/bookings", stay).body["id"]))
    return ids


def _published(_member: Member) -> int:
    from apps.events.rows import outbox_messages

    return outbox_messages.count({"published_at": {"$ne": None}})


def _applied(_member: Member) -> int:
    from faults.backbone.recorder import effect_notes

    return len(effect_notes.distinct("event_id", {}))


def _judge(_member: Member) -> tuple[list[str], list[str]]:
    from apps.events.rows import outbox_messages
    from faults.backbone import oracle
    from faults.backbone.recorder import effect_notes

    notes = list(effect_notes.find({}))
    applied = {note["event_id"] for note in notes}
    events = outbox_messages.find({"topics": "booking-requests"})
    return list(oracle.twice(notes)), [row["_id"] for row in events if row["_id"] not in applied]
