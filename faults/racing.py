"""Runs a race again and again: prepares it, starts all processes at once, judges the outcome."""

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bson import ObjectId

from apps.bookings.invariants import breaches
from apps.bookings.rows import bookings
from apps.common import mongo
from apps.common.clock import utc_now
from apps.properties.rows import night_claims
from apps.properties.services.search_rebuild import (
    entries_compared,
    entries_differing,
    entries_rebuild,
)
from faults import bank, fixtures
from faults.guards import GUARDS, nothing
from faults.races import RACES
from faults.rounds import Facts, Race, Round
from faults.workers import Member, Workers

BATCH = 200
WRITTEN = (
    *("bookings", "holds", "night_claims", "outbox", "idempotency_keys"),
    *("payments", "payment_commands", "ledger_entries", "sandbox_charges"),
)


@dataclass
class Verdict:
    """`breaches` are of the race itself, `strange` are outcomes that it does not know (a call that
    failed), `oracle` is what the invariants say after it."""

    race: str
    attempts: int = 0
    seconds: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)
    strange: Counter[str] = field(default_factory=Counter)
    oracle: dict[str, list[str]] = field(default_factory=dict)

    @property
    def problems(self) -> list[str]:
        unknown = [f"{count} times {outcome}" for outcome, count in self.strange.items()]
        found = [f"{name}: {len(ids)}, {ids[0]}" for name, ids in self.oracle.items()]
        return [*self.breaches, *unknown, *found]

    @property
    def holds(self) -> bool:
        return self.attempts > 0 and not self.problems


def run(workers: Workers, name: str, attempts: int, *, seed: int, guarded: bool = True) -> Verdict:
    """`attempts` starts of the race `name`, on a database that has only what earlier ones left.

    Without its guard it ends with the first breach, and removes what it left.
    """
    verdict, began = Verdict(name), time.monotonic()
    while verdict.attempts < attempts:
        size = min(BATCH if guarded else 2 * workers.size, attempts - verdict.attempts)
        shares = workers.do(_prepare, name, verdict.attempts, size)
        rounds = sorted((at for share in shares for at in share), key=lambda at: at.number)
        replies = workers.do(_race, name, rounds, seed, guarded)
        _judge(RACES[name], rounds, list(zip(*replies, strict=True)), verdict)
        verdict.attempts += size
        if verdict.breaches and not guarded:
            break
    if guarded:
        strays = bank.differences(now=utc_now())
        found = {
            **breaches(now=utc_now()),
            "payments that the bank sees otherwise": strays,
            "search entries that differ": list(map(str, entries_differing())),
        }
        verdict.oracle = {what: ids for what, ids in found.items() if ids}
    else:
        _forget()
    verdict.seconds = time.monotonic() - began
    return verdict


def _forget() -> None:
    for name in WRITTEN:
        mongo.collection(name).delete_many({})
    for _batch in entries_rebuild():
        pass


def _prepare(member: Member, name: str, start: int, size: int) -> list[Round]:
    """This member's share of the rounds `start` and on."""
    race, numbers = RACES[name], range(start + member.place, start + size, member.size)
    if not numbers:
        return []
    host_id, base = ObjectId(), utc_now() + dt.timedelta(days=2)
    rounds = [
        Round(
            number=number,
            listing_id=ObjectId(),
            host_id=host_id,
            guest_ids=tuple(ObjectId() for _ in range(member.size)),
            at=(base + dt.timedelta(seconds=number)),
        )
        for number in numbers
    ]
    fixtures.people_add([host_id], "owner")
    fixtures.people_add(guest for at in rounds for guest in at.guest_ids)
    fixtures.listings_add(host_id, [at.listing_id for at in rounds], **race.terms)
    return [race.prepare(at) for at in rounds]


def _race(
    member: Member, name: str, rounds: Sequence[Round], seed: int, guarded: bool
) -> list[str]:
    race, rng = RACES[name], random.Random(f"{seed}:{name}:{member.place}")  # noqa: S311
    outcomes = []
    with nothing() if guarded else GUARDS[race.guard]():
        for at in rounds:
            late = rng.random() * race.late[member.place]
            member.meet()
            time.sleep(late)
            outcomes.append(race.act(at, member.place))
    return outcomes


def _judge(
    race: Race, rounds: Sequence[Round], replies: Sequence[Sequence[str]], verdict: Verdict
) -> None:
    facts = {at.listing_id: Facts([], [], []) for at in rounds}
    query = {"listing_id": {"$in": list(facts)}}
    for listing_id, names in entries_compared(list(facts)).items():
        facts[listing_id].entry_differs += names
    for booking in bookings.find(query):
        facts[booking["listing_id"]].bookings.append(booking)
    for claim in night_claims.find(query):
        facts[claim["listing_id"]].claims.append(claim)
    for at, outcomes in zip(rounds, replies, strict=True):
        verdict.outcomes.update(outcomes)
        verdict.strange.update(set(outcomes) - race.allowed)
        found = race.breach(outcomes, facts[at.listing_id])
        if found:
            verdict.breaches.append(f"round {at.number}: {found} ({', '.join(outcomes)})")
