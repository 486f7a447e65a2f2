"""What is measured on: 3,500 listings around Singapore, a fifth of their nights taken."""

import datetime as dt
import json
import random
import uuid
from collections.abc import Callable
from typing import cast

from bson import ObjectId
from django.contrib.auth.hashers import make_password
from django.core.management import call_command

from apps.accounts.models import User
from apps.accounts.tokens import token_issue
from apps.common import indexes, mongo
from apps.common.clock import utc_now
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_row
from apps.properties.rows import LISTING_DEFAULTS, ListingRow, NightClaimRow, listings, night_claims
from bench.load import Call

LISTINGS = 3_500
BATCH = 100
NIGHTS = 365
PASSWORD = "a long enough password"
SEED = 20260101
POINTS = 200
HOT_NIGHTS = 100


def prepare() -> tuple[User, list[ObjectId]]:
    """Empties the database and fills it; returns the guest and the listings."""
    mongo.database().client.drop_database(mongo.database().name)
    call_command("migrate", verbosity=0)
    indexes.ensure()
    return _user("traveler"), add_listings(_user("owner"))


def add_listings(host: User) -> list[ObjectId]:
    """Listings with their taken nights, a transaction for each batch; returns their ids."""
    rng = random.Random(SEED)
    rows = [_listing(rng, host) for _ in range(LISTINGS)]
    ids = [row["_id"] for row in rows]
    for start in range(0, LISTINGS, BATCH):
        listings.insert_many(rows[start : start + BATCH])
    for start in range(0, LISTINGS, BATCH):
        night_claims.insert_many(_claims(rng, ids[start : start + BATCH]))
    return ids


def host() -> User:
    return User.objects.get(username="bench-owner")


def first_listing() -> ObjectId:
    return listings.distinct("_id", {"host_id": ObjectId(str(host().pk))})[0]


def _user(side: str) -> User:
    return User.objects.create(
        username=f"bench-{side}",
        email=f"{side}@example.com",
        user_type=side,
        first_name="Bo",
        password=make_password(PASSWORD),
        email_verified_at=utc_now(),
    )


def _listing(rng: random.Random, host: User) -> ListingRow:
    now = dt.datetime.now(dt.UTC)
    point = [103.82 + rng.gauss(0, 0.07), 1.33 + rng.gauss(0, 0.04)]
    row = {
        **LISTING_DEFAULTS,
        "_id": ObjectId(),
        "title": f"Flat {rng.randrange(10_000)}",
        "description": "A quiet flat near the water. " * 30,
        "price_per_night": rng.randrange(5_000, 50_000),
        "cleaning_fee": 3_000,
        "currency": "SGD",
        "location": {
            "area": "",
            "city": "Singapore",
            "state": "",
            "country": "Singapore",
            "coordinates": {"type": "Point", "coordinates": point},
        },
        "property_type": rng.choice(["apartment", "house", "room"]),
        "amenities": ["wifi", "kitchen", "washer", "pool"] * 6,
        "capacity": {"max_guests": rng.randint(1, 8), "bedrooms": 2, "bathrooms": 1.0, "beds": 2},
        "host_id": ObjectId(str(host.pk)),
        "images": [f"/media/{number}.jpg" for number in range(5)],
        "rating": {"average": 4.6, "count": 12},
        "time_zone": "Asia/Singapore",
        "created_at": now,
        "updated_at": now,
    }
    return cast("ListingRow", row)


def _claims(rng: random.Random, ids: list[ObjectId]) -> list[NightClaimRow]:
    today = dt.datetime.now(dt.UTC).date()
    nights = [today + dt.timedelta(days=day) for day in range(NIGHTS)]
    return [
        claim_row(listing_id, night, kind=ClaimKind.EXTERNAL, owner_id="bench")
        for listing_id in ids
        for night in nights
        if rng.random() < 0.2  # noqa: PLR2004 the fifth that is taken
    ]


def search_calls(extra: str = "") -> list[Call]:
    rng = random.Random(SEED)
    points = [(rng.gauss(1.33, 0.04), rng.gauss(103.82, 0.07)) for _ in range(POINTS)]
    path = "/api/properties/search?lat={:.5f}&lng={:.5f}{}"
    return [Call("GET", path.format(lat, lng, extra)) for lat, lng in points]


def detail_calls(ids: list[ObjectId]) -> list[Call]:
    return [Call("GET", f"/api/properties/{listing_id}") for listing_id in ids[:500]]


def login_calls() -> list[Call]:
    body = json.dumps({"email": "traveler@example.com", "password": PASSWORD})
    return [Call("POST", "/api/traveler/auth/login", body=body)]


def booking_calls(guest: User, ids: list[ObjectId], *, year: int) -> list[Call]:
    """Each asks for two nights of its own; another `year` ahead gives others. No night twice."""
    call = _booking_call(guest)
    start = NIGHTS + 2 + 30 * year
    return [call(listing_id, start + 3 * step) for step in range(3) for listing_id in ids]


def hot_calls(guest: User, listing_id: ObjectId, *, year: int) -> list[Call]:
    """Everybody wants one listing: two nights of the same hundred, most of them taken soon."""
    call, rng = _booking_call(guest), random.Random(SEED + year)
    start = NIGHTS + 2 + HOT_NIGHTS * year
    return [call(listing_id, start + rng.randrange(HOT_NIGHTS - 2)) for _ in range(20_000)]


def _booking_call(guest: User) -> Callable[[ObjectId, int], Call]:
    """Makes a request for two nights from so many days on, with a key of its own."""
    token, _ = token_issue(guest)
    today = dt.datetime.now(dt.UTC).date()

    def call(listing_id: ObjectId, days: int) -> Call:
        check_in, check_out = (today + dt.timedelta(days=days + more) for more in (0, 2))
        stay = {"check_in": str(check_in), "check_out": str(check_out), "guest_count": 1}
        body = json.dumps({"listing_id": str(listing_id), **stay})
        return Call("POST", "/api/bookings", f"Bearer {token}", uuid.uuid4().hex, body)

    return call
