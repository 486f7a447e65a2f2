"""Guests and hosts over HTTP, at a steady pace: they book, accept, decline and cancel. Each call
has a key, and is sent again until it is answered."""

import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
from bson import ObjectId

from faults.fixtures import Person, Reply, listings_add, people_add, stay_of
from faults.load import IN_FLIGHT, Answer, Tally
from faults.workers import Member

CALL_SECONDS = 10
PAUSE_SECONDS = 0.3
LISTINGS_A_CALLER = 10
STAYS_A_LISTING = 150
# What follows a booking, by weight.
COURSES: Mapping[tuple[str, ...], int] = {
    ("accept",): 3,
    ("decline",): 1,
    ("cancel",): 1,
    ("accept", "cancel"): 2,
    ("accept", "cancel as host"): 1,
    (): 1,
}


@dataclass(frozen=True)
class Place:
    """One for each caller: a guest, a host and listings that no other caller books."""

    guest_id: ObjectId
    host_id: ObjectId
    listing_ids: Sequence[ObjectId]


@dataclass(frozen=True)
class Traffic:
    """`urls` are the addresses of the booking and the owner role, `rate` is of bookings a second,
    all callers together; `patience` is how many seconds a call is tried."""

    urls: Mapping[str, str]
    seconds: float
    rate: float
    seed: int
    patience: float = 90
    courses: Mapping[tuple[str, ...], int] = field(default_factory=lambda: COURSES)


def places_make(_member: Member, count: int) -> list[Place]:
    places = []
    for _ in range(count):
        listing_ids = [ObjectId() for _ in range(LISTINGS_A_CALLER)]
        place = Place(ObjectId(), ObjectId(), listing_ids)
        people_add([place.host_id], "owner")
        people_add([place.guest_id])
        listings_add(place.host_id, listing_ids)
        places.append(place)
    return places


def drive(_member: Member, places: Sequence[Place], traffic: Traffic) -> Tally:
    total = Tally()
    with ThreadPoolExecutor(len(places)) as pool:
        callers = [
            _Caller(place, n, traffic, traffic.rate / len(places)) for n, place in enumerate(places)
        ]
        for tally in pool.map(_Caller.work, callers):
            total.add(tally)
    return total


class _Caller:
    """`rate` is of its own bookings a second."""

    def __init__(self, place: Place, number: int, traffic: Traffic, rate: float) -> None:
        self.place, self.traffic, self.pause = place, traffic, 1 / rate
        self.rng = random.Random(f"{traffic.seed}:{number}")  # noqa: S311
        self.guest, self.host = Person(place.guest_id), Person(place.host_id, "owner")
        self.tally, self.sent, self.booked = Tally(), 0, 0
        self.http = httpx.Client(timeout=CALL_SECONDS, trust_env=False)

    def work(self) -> Tally:
        began = time.monotonic()
        due = began + self.rng.random() * self.pause
        with self.http:
            while (now := time.monotonic()) < began + self.traffic.seconds:
                if now < due:
                    time.sleep(due - now)
                due = max(due, now - self.pause) + self.pause
                self._course()
        return self.tally

    def _course(self) -> None:
        listing_id = self.place.listing_ids[self.booked % LISTINGS_A_CALLER]
        start = 2 * (self.booked // LISTINGS_A_CALLER % STAYS_A_LISTING)
        self.booked += 1
        reply = self._call("booking", self.guest, "", stay_of(listing_id, start=start, nights=2))
        if reply is None or reply.status != 201:  # noqa: PLR2004
            return
        (course,) = self.rng.choices(
            list(self.traffic.courses), list(self.traffic.courses.values())
        )
        for action in course:
            verb, _, as_host = action.partition(" as ")
            side = "owner" if as_host or verb in {"accept", "decline"} else "booking"
            who = self.host if side == "owner" else self.guest
            self._call(side, who, f"/{reply.body['id']}/{verb}", {})

    def _call(self, side: str, who: Person, path: str, body: dict[str, Any]) -> Reply | None:
        """Sends it with the same key until it is answered; None where that took too long."""
        self.sent += 1
        sent = f"call-{self.place.guest_id}-{self.sent}"
        body = body if path else {**body, "special_requests": sent}
        ends = time.monotonic() + self.traffic.patience
        while time.monotonic() < ends:
            reply = self._send(side, who, path, body, sent)
            self.tally.calls += 1
            if reply.status < 500 and reply.outcome != IN_FLIGHT:  # noqa: PLR2004
                self._note(Answer(sent, self.place.guest_id, body, reply.outcome, reply.body))
                return reply
            self.tally.failures += 1
            if reply.status == 500:  # noqa: PLR2004
                self.tally.strange.append(f"{path}: {reply.outcome}")
            time.sleep(PAUSE_SECONDS)
        self.tally.doubtful.append(sent)
        return None

    def _send(self, side: str, who: Person, path: str, body: dict[str, Any], key: str) -> Reply:
        """No answer at all is a 503 of nobody."""
        prefix = "/api/owner/bookings" if side == "owner" else "/api/bookings"
        headers = {**who.headers, "Idempotency-Key": key}
        try:
            found = self.http.post(
                f"{self.traffic.urls[side]}{prefix}{path}", json=body, headers=headers
            )
            return Reply(found.status_code, found.json())
        except (httpx.HTTPError, ValueError):
            return Reply(503, {})

    def _note(self, answer: Answer) -> None:
        if answer.outcome in {"200", "201"}:
            self.tally.acknowledged.append(answer)
        else:
            self.tally.strange.append(f"{answer.sent}: {answer.outcome} {answer.body}")
