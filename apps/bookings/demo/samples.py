"""The sample bookings of the demo: who, where, when and how they ended. Days count from today."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from apps.bookings.enums import Status
from apps.properties.demo import people
from apps.properties.demo.listings import Demo, demo_listings, of_owner

REQUESTS = (
    "We arrive on a late train, around ten.",
    "Travelling with a baby: is there a crib?",
    "Could we drop our bags at noon?",
    "It is our anniversary, and we are looking forward to it.",
    "",
    "",
    "",
)
DECLINES = (
    "Sorry, family is visiting that week.",
    "The bathroom is being repaired then. Please ask again for later dates.",
)
CANCELS = {
    "guest": ("Our flight was moved.", "Change of plans, sorry!"),
    "owner": ("A pipe burst and the flat must dry. I am so sorry.",),
}
# City, days until check-in, nights, outcome, who ended it.
OF_MAYA = (
    ("Edinburgh", -214, 4, Status.COMPLETED, ""),
    ("Kyoto", -121, 6, Status.COMPLETED, ""),
    ("Lisbon", -46, 3, Status.COMPLETED, ""),
    ("Melbourne", -20, 5, Status.CANCELLED, "guest"),
    ("Cape Town", 12, 4, Status.DECLINED, ""),
    ("Copenhagen", 24, 3, Status.CONFIRMED, ""),
    ("Rio de Janeiro", 33, 5, Status.EXPIRED, ""),
    ("Lisbon", 41, 2, Status.PENDING, ""),
    ("Vancouver", 62, 7, Status.CONFIRMED, ""),
    ("Mexico City", 76, 4, Status.PENDING, ""),
)
# The same, at the listings of owner@example.com, one after the other.
AT_JONAS = (
    (-160, 5, Status.COMPLETED, ""),
    (-130, 3, Status.COMPLETED, ""),
    (-101, 2, Status.COMPLETED, ""),
    (-75, 6, Status.COMPLETED, ""),
    (-52, 3, Status.COMPLETED, ""),
    (-30, 4, Status.COMPLETED, ""),
    (-14, 2, Status.CANCELLED, "owner"),
    (9, 3, Status.CONFIRMED, ""),
    (16, 2, Status.PENDING, ""),
    (19, 5, Status.CONFIRMED, ""),
    (27, 3, Status.DECLINED, ""),
    (31, 4, Status.PENDING, ""),
    (38, 2, Status.CONFIRMED, ""),
    (47, 3, Status.EXPIRED, ""),
    (55, 7, Status.PENDING, ""),
    (68, 4, Status.CANCELLED, "guest"),
)
ELSEWHERE = 36
MIX = (
    *(Status.COMPLETED,) * 5,
    *(Status.CONFIRMED,) * 4,
    Status.PENDING,
    Status.DECLINED,
    Status.CANCELLED,
    Status.EXPIRED,
)


@dataclass(frozen=True, kw_only=True)
class SampleBooking:
    """`days` until check-in, negative for a stay in the past."""

    guest: str
    demo: Demo
    days: int
    nights: int
    guests: int
    status: Status
    ended_by: str
    special_requests: str
    reason: str

    def check_in(self, today: dt.date) -> dt.date:
        return today + dt.timedelta(days=self.days)


def sample_bookings() -> list[SampleBooking]:
    """No two of them overlap at one listing, and no guest is twice at the same."""
    kept: list[SampleBooking] = []
    for sample in (*_of_maya(), *_at_jonas(), *_elsewhere()):
        if not any(_clash(sample, other) for other in kept):
            kept.append(sample)
    return kept


def _clash(one: SampleBooking, other: SampleBooking) -> bool:
    if one.demo.id != other.demo.id:
        return False
    overlap = one.days < other.days + other.nights and other.days < one.days + one.nights
    return overlap or one.guest == other.guest


def _of_maya() -> Iterator[SampleBooking]:
    mine = {demo.id for demo in of_owner()}
    used: set[str] = set()
    for at, (city, days, nights, status, ended_by) in enumerate(OF_MAYA):
        there = [demo for demo in demo_listings() if demo.city == city and demo.is_open]
        fresh = [demo for demo in there if demo.source_id not in used]
        demo = max(fresh, key=lambda found: found.id in mine)
        used.add(demo.source_id)
        yield _sample(people.TRAVELER, demo, (days, nights), status, ended_by, seed=f"maya {at}")


def _at_jonas() -> Iterator[SampleBooking]:
    listings = of_owner()
    for at, (days, nights, status, ended_by) in enumerate(AT_JONAS):
        guest, demo = people.guest_email(at % people.GUESTS), listings[at * 3 % len(listings)]
        yield _sample(guest, demo, (days, nights), status, ended_by, seed=f"jonas {at}")


def _elsewhere() -> Iterator[SampleBooking]:
    mine = {demo.id for demo in of_owner()}
    listings = [demo for demo in demo_listings() if demo.is_open and demo.id not in mine]
    for at in range(ELSEWHERE):
        pick = Random(f"elsewhere {at}")  # noqa: S311 no secret
        status = MIX[at % len(MIX)]
        days = -pick.randint(15, 300) if status is Status.COMPLETED else pick.randint(5, 120)
        guest = people.guest_email((at * 5 + 3) % people.GUESTS)
        stay = (days, pick.randint(2, 8))
        yield _sample(guest, listings[at * 11 % len(listings)], stay, status, "guest", seed=f"{at}")


def _sample(
    guest: str, demo: Demo, stay: tuple[int, int], status: Status, ended_by: str, *, seed: str
) -> SampleBooking:
    pick = Random(f"story {seed}")  # noqa: S311 no secret
    reasons = {Status.DECLINED: DECLINES, Status.CANCELLED: CANCELS.get(ended_by, ("",))}
    return SampleBooking(
        guest=guest,
        demo=demo,
        days=stay[0],
        nights=max(stay[1], demo.document["min_nights"]),
        guests=pick.randint(1, demo.document["capacity"]["max_guests"]),
        status=status,
        ended_by=ended_by,
        special_requests=pick.choice(REQUESTS),
        reason=pick.choice(reasons.get(status, ("",))),
    )
