"""Guests who book and hosts who answer while the database fails: each call has a key, and is sent
again until it is answered."""

import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from bson import ObjectId

from apps.bookings.rows import bookings
from faults.fixtures import Person, Reply, listings_add, people_add, stay_of
from faults.workers import Member

THREADS = 2
LISTINGS = 40
STARTS = 300
FOLLOWED = 0.3
PAUSE_SECONDS = 0.1
IN_FLIGHT = "409 IDEMPOTENCY_IN_FLIGHT"


@dataclass(frozen=True)
class Place:
    host_id: ObjectId
    guest_ids: tuple[ObjectId, ...]
    listing_ids: tuple[ObjectId, ...]


@dataclass(frozen=True)
class Answer:
    """An answer that a caller has since `at`. `sent` names the call; the booking keeps it as its
    special requests."""

    sent: str
    guest_id: ObjectId
    request: dict[str, Any]
    outcome: str
    body: dict[str, Any]
    at: float = field(default_factory=time.monotonic, compare=False)


@dataclass
class Tally:
    """`acknowledged` are the confirmed changes, `doubtful` the keys that were never answered."""

    acknowledged: list[Answer] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    calls: int = 0
    failures: int = 0
    strange: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.acknowledged += other.acknowledged
        self.doubtful += other.doubtful
        self.strange += other.strange
        self.calls += other.calls
        self.failures += other.failures


def place_make(member: Member) -> Place:
    """What the load is about; made by the first worker alone."""
    place = Place(
        host_id=ObjectId(),
        guest_ids=tuple(ObjectId() for _ in range(member.size * THREADS)),
        listing_ids=tuple(ObjectId() for _ in range(LISTINGS)),
    )
    people_add([place.host_id], "owner")
    people_add(place.guest_ids)
    listings_add(place.host_id, place.listing_ids[::2])
    listings_add(place.host_id, place.listing_ids[1::2], instant_book=True)
    return place


def load(member: Member, place: Place, seconds: float, patience: float, seed: int) -> Tally:
    """For `seconds`; a call is sent again for `patience` seconds, until it is answered."""
    ends, total = time.monotonic() + seconds, Tally()
    numbers = range(member.place * THREADS, (member.place + 1) * THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        callers = [_Caller(place, number, patience, seed) for number in numbers]
        for tally in pool.map(lambda caller: caller.work(ends), callers):
            total.add(tally)
    return total


class _Caller:
    """One guest, and now and then the host, call after call."""

    def __init__(self, place: Place, number: int, patience: float, seed: int) -> None:
        self.place, self.number, self.patience = place, number, patience
        self.rng = random.Random(f"{seed}:{number}")  # noqa: S311
        self.guest_id = place.guest_ids[number]
        self.guest, self.host = Person(self.guest_id), Person(place.host_id, "owner")
        self.tally, self.sent = Tally(), 0

    def work(self, ends: float) -> Tally:
        while time.monotonic() < ends:
            reply = self._book()
            if reply is not None and reply.status == 201:  # noqa: PLR2004
                self._follow(str(reply.body["id"]))
        return self.tally

    def _book(self) -> Reply | None:
        listing_id, start = self.rng.choice(self.place.listing_ids), self.rng.randrange(STARTS)
        stay = stay_of(listing_id, start=start, nights=self.rng.randint(1, 4))
        return self._call(self.guest, "/api/bookings", stay, named=True)

    def _follow(self, booking_id: str) -> None:
        own, hosts = f"/api/bookings/{booking_id}", f"/api/owner/bookings/{booking_id}"
        stay = stay_of(self.place.listing_ids[0], start=self.rng.randrange(STARTS), nights=2)
        calls: list[tuple[Person, str, dict[str, Any]]] = [
            (self.host, f"{hosts}/accept", {}),
            (self.guest, f"{own}/alter", {name: stay[name] for name in ("check_in", "check_out")}),
            (self.host, f"{hosts}/alteration/agree", {}),
            (self.guest, f"{own}/cancel", {}),
        ]
        for who, path, body in calls:
            if self.rng.random() < FOLLOWED:
                self._call(who, path, body)

    def _call(
        self, who: Person, path: str, body: dict[str, Any], *, named: bool = False
    ) -> Reply | None:
        """Sends it with the same key until it is answered; None where that took too long."""
        self.sent += 1
        sent = f"call-{self.number}-{self.sent}"
        request = {**body, "special_requests": sent} if named else body
        ends = time.monotonic() + self.patience
        while time.monotonic() < ends:
            reply = who.post(path, request, **{"Idempotency-Key": sent})
            self.tally.calls += 1
            if reply.status < 500 and reply.outcome != IN_FLIGHT:  # noqa: PLR2004
                self._note(Answer(sent, self.guest_id, request, reply.outcome, reply.body))
                return reply
            self.tally.failures += 1
            if reply.status == 500:  # noqa: PLR2004
                self.tally.strange.append(f"{path}: {reply.outcome}")
            time.sleep(PAUSE_SECONDS)
        self.tally.doubtful.append(sent)
        return None

    def _note(self, answer: Answer) -> None:
        if answer.outcome in {"200", "201"}:
            self.tally.acknowledged.append(answer)
        elif not answer.outcome.startswith("409"):
            self.tally.strange.append(f"{answer.sent}: {answer.outcome}")


def losses(tally: Tally) -> list[str]:
    """What was acknowledged and is not there, and calls that had two results."""
    rows = list(bookings.find({}, {"special_requests": 1, "history": 1}))
    by_id = {str(row["_id"]): row for row in rows}
    found = [
        f"{answer.sent}: {answer.body['id']} is not {answer.body['status']} in its history"
        for answer in tally.acknowledged
        if not _kept(answer, by_id.get(str(answer.body["id"])))
    ]
    booked = {
        answer.sent: answer.body["id"] for answer in tally.acknowledged if answer.outcome == "201"
    }
    for row in rows:
        sent, booking_id = row["special_requests"], str(row["_id"])
        first = booked.setdefault(sent, booking_id)
        if first != booking_id:
            found.append(f"{sent}: booked {first} and {booking_id}")
    return found


def _kept(answer: Answer, row: Mapping[str, Any] | None) -> bool:
    if row is None or len(row["history"]) < answer.body["version"]:
        return False
    change = row["history"][answer.body["version"] - 1]
    return bool(change["to_status"] == answer.body["status"])


def replays(member: Member, tallies: Sequence[Answer]) -> list[str]:
    """This member's share of the bookings, sent once more: the answer must be the first one."""
    found = []
    for answer in tallies[member.place :: member.size]:
        if answer.outcome != "201":
            continue
        reply = Person(answer.guest_id).post(
            "/api/bookings", answer.request, **{"Idempotency-Key": answer.sent}
        )
        if reply.body != answer.body:
            found.append(f"{answer.sent}: another answer the second time: {reply.outcome}")
    return found
