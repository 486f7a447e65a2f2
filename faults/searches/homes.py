"""Random homes: in towns, on the date line, near the poles, several at one point; with rules,
seasons and claims of every kind."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from bson import ObjectId

from apps.properties.enums import CancellationPolicy, ClaimKind, PropertyType
from apps.properties.nights import claim_row, midnight
from apps.properties.rows import LISTING_DEFAULTS, ListingRow, NightClaimRow, listings, night_claims
from apps.properties.services.search_rebuild import entries_rebuild
from faults.fixtures import listing_row, people_add

BATCH = 2_000
CLOSED = (ClaimKind.BLOCK, ClaimKind.EXTERNAL)
SLEPT = (ClaimKind.BOOKING, ClaimKind.HOLD)
AMENITIES = ("Wifi", "Pool", "Hot tub", "Kitchen", "Free parking on premises", "Self check-in",
             "Pets allowed", "Step-free access", "A samovar")  # fmt: skip
WORDS = ("sunny", "quiet", "loft", "garden", "harbour", "château", "Ålesund", "retro")


class Town(NamedTuple):
    city: str
    state: str
    country: str
    lng: float
    lat: float
    zone: str
    currency: str
    spread: float = 0.25


TOWNS = (
    Town("Singapore", "", "Singapore", 103.85, 1.3, "Asia/Singapore", "SGD"),
    Town("Santa Monica", "CA", "USA", -118.49, 34.02, "America/Los_Angeles", "USD"),
    Town("São Paulo", "São Paulo", "Brazil", -46.63, -23.55, "America/Sao_Paulo", "BRL"),
    Town("Kyoto", "", "Japan", 135.77, 35.01, "Asia/Tokyo", "JPY"),
    Town("Paris", "", "France", 2.35, 48.86, "Europe/Paris", "EUR", 0.1),
    Town("Taveuni", "", "Fiji", 179.99, -16.85, "Pacific/Fiji", "USD", 0.2),
    Town("Apia", "", "Samoa", -171.77, -13.83, "Pacific/Apia", "USD"),
    Town("Pago Pago", "", "American Samoa", -170.7, -14.28, "Pacific/Pago_Pago", "USD"),
    Town("Longyearbyen", "", "Svalbard", 15.63, 78.22, "Arctic/Longyearbyen", "NOK", 2.0),
    Town("McMurdo", "", "Antarctica", 166.67, -77.85, "Antarctica/McMurdo", "NZD", 5.0),
    Town("Camp Barneo", "", "Arctic", 0.0, 89.6, "UTC", "EUR", 30.0),
    Town("Kuwait City", "", "Kuwait", 47.98, 29.37, "Asia/Kuwait", "KWD"),
    Town("Tehran", "", "Iran", 51.39, 35.69, "Asia/Tehran", "IRR"),
)


def often(rng: random.Random, share: float) -> bool:
    return rng.random() < share


def fill(count: int, *, seed: int, now: dt.datetime) -> None:
    """Stores `count` homes and their claims, then makes their entries."""
    rng = random.Random(seed)  # noqa: S311
    host_id, taken = ObjectId(), 0
    people_add([host_id], "owner")
    while taken < count:
        rows = [_home(rng, host_id, now) for _ in range(min(BATCH, count - taken))]
        listings.collection.insert_many(cast("list[ListingRow]", rows))
        claims = [claim for row in rows for claim in _claims(rng, row["_id"], now)]
        if claims:
            night_claims.collection.insert_many(claims, ordered=False)
        taken += len(rows)
    for _batch in entries_rebuild():
        pass


def _home(rng: random.Random, host_id: ObjectId, now: dt.datetime) -> dict[str, Any]:
    town = rng.choice(TOWNS)
    location = {"area": "", "city": town.city, "state": town.state, "country": town.country}
    location["coordinates"] = {"type": "Point", "coordinates": _point(rng, town)}  # type: ignore[assignment]
    amenities = rng.sample(AMENITIES, rng.randint(0, 6))
    titled = {"title": " ".join(rng.sample(WORDS, 2)), "description": rng.choice(WORDS)}
    row = {
        **LISTING_DEFAULTS,
        **listing_row(host_id),
        **titled,
        "_id": ObjectId(),
        "location": location,
        "currency": town.currency,
        "time_zone": town.zone,
        "amenities": amenities,
        "price_per_night": rng.randrange(3_000, 60_000, 50),
        "cleaning_fee": rng.choice([0, 0, 2_500, 3_333]),
        "property_type": rng.choice(PropertyType.values),
        "capacity": _capacity(rng),
        "images": rng.choice([[], ["/media/a.jpg"]]),
        "rating": _rating(rng),
        "instant_book": often(rng, 0.5),
        "cancellation_policy": rng.choice(CancellationPolicy.values),
        "is_active": often(rng, 0.95),
        "created_at": now - dt.timedelta(minutes=rng.randrange(500_000)),
        **(_terms(rng, now.date()) if often(rng, 0.6) else {}),
    }
    from apps.properties.models import search_keys

    return {**row, **search_keys(row)}


def _point(rng: random.Random, town: Town) -> list[float]:
    """Every fifth stands where others do."""
    around = random.Random(rng.randrange(8)) if often(rng, 0.2) else rng  # noqa: S311
    lng = town.lng + around.uniform(-town.spread, town.spread)
    lat = town.lat + around.uniform(-1, 1) * min(town.spread, 0.35)
    return [round((lng + 180) % 360 - 180, 5), round(lat, 5)]


def _capacity(rng: random.Random) -> dict[str, Any]:
    return {
        "max_guests": rng.randint(1, 8),
        "bedrooms": rng.choice([None, 0, 1, 2, 3]),
        "bathrooms": rng.choice([None, 1.0, 1.5, 2.0]),
        "beds": rng.choice([None, 1, 2, 4]),
    }


def _rating(rng: random.Random) -> dict[str, Any]:
    if often(rng, 0.3):
        return {"average": None, "count": 0}
    return {"average": rng.choice([3.9, 4.2, 4.5, 4.75, 4.9, 5.0]), "count": rng.randint(1, 40)}


def _terms(rng: random.Random, today: dt.date) -> dict[str, Any]:
    days = rng.sample(range(7), rng.randint(1, 4))
    return {
        "min_nights": rng.choice([1, 1, 2, 5]),
        "max_nights": rng.choice([365, 30, 4]),
        "weekend_price": rng.choice([None, 41_050]),
        "seasons": list(_seasons(rng, today)),
        "weekly_discount_percent": rng.choice([0, 7, 15]),
        "monthly_discount_percent": rng.choice([0, 33]),
        "tax_per_person_night": rng.choice([0, 175]),
        "tax_nights_cap": rng.choice([None, 3]),
        "lead_days": rng.choice([0, 0, 1, 2, 14, 40]),
        "window_days": rng.choice([730, 730, 90, 30]),
        "prep_nights": rng.choice([0, 1, 3, 7]),
        "check_in_days": rng.choice([[], [], days]),
        "check_out_days": rng.choice([[], [], [], days]),
    }


def _seasons(rng: random.Random, today: dt.date) -> Iterator[dict[str, Any]]:
    start = today + dt.timedelta(days=rng.randint(-10, 30))
    for number in range(rng.choice([0, 1, 1, 3])):
        end = start + dt.timedelta(days=rng.randint(1, 40))
        yield {
            "name": f"S{number}",
            "start": midnight(start),
            "end": midnight(end),
            "price_per_night": rng.choice([None, 20_010, 77_777]),
            "min_nights": rng.choice([None, 1, 3, 8]),
            "max_nights": rng.choice([None, 2, 9]),
        }
        start = end + dt.timedelta(days=rng.choice([0, 0, 5]))


def _claims(rng: random.Random, listing_id: ObjectId, now: dt.datetime) -> Iterator[NightClaimRow]:
    """Takes a third of the nights in runs; holds that expire or have expired among them."""
    night = now.date() + dt.timedelta(days=rng.randint(-3, 40))
    for number in range(rng.choice([0, 1, 3, 9])):
        kind = rng.choice([*CLOSED, *SLEPT])
        until = now + dt.timedelta(hours=rng.choice([-2, 5])) if kind == ClaimKind.HOLD else None
        nights, prepared = rng.randint(1, 9), rng.choice([0, 1, 2]) if kind in SLEPT else 0
        for day in range(nights + prepared):
            yield claim_row(
                listing_id,
                night + dt.timedelta(days=day),
                kind=kind if day < nights else ClaimKind.PREP,
                owner_id=f"owner {number}",
                expires_at=until,
            )
        night += dt.timedelta(days=nights + prepared + rng.choice([0, 1, 2, 7, 20]))
