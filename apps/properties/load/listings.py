"""Makes listings for load: each by random numbers of its own, from the seed and its number, so
that the first thousand are the same whether a thousand or a million are made."""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any, NamedTuple, cast

from bson import ObjectId
from django.conf import settings

from apps.accounts.services import NewUser
from apps.common.money import from_wire
from apps.properties.demo.cities import words
from apps.properties.imports.ids import stable_id
from apps.properties.load.pictures import FILES
from apps.properties.load.shares import AREA_SPREAD, Area, City, choice, cities, shares
from apps.properties.models import search_keys
from apps.properties.nights import midnight
from apps.properties.public_points import places_of
from apps.properties.rows import LISTING_DEFAULTS, ListingRow

SOURCE = "load"
MOST_OF_A_HOST = 300
OLDEST_DAYS = 3_000
BLOCK_BYTES = 4
DRAWN = (
    "min_nights",
    "lead_days",
    "prep_nights",
    "check_in_days",
    "weekly_discount_percent",
    "monthly_discount_percent",
    "cancellation_policy",
    "instant_book",
)


@dataclass(frozen=True)
class Load:
    """`first` is the first night: what has a date is made relative to it."""

    seed: int
    first: dt.date


class Host(NamedTuple):
    """Has the listings of these numbers, all in one city."""

    user: NewUser
    city: City
    numbers: range


def hosts(load: Load, listings: int) -> Iterator[Host]:
    """Makes the hosts of so many listings: most have one, a few have hundreds."""
    pick, start = Random(f"hosts {load.seed}"), 0  # noqa: S311 no secret
    for number in count():
        size = min(MOST_OF_A_HOST, int(pick.paretovariate(1.1)))
        city, days = cities().draw(pick), pick.randrange(100, OLDEST_DAYS)
        first_name = pick.choice(words()["names"]["first"])
        if start >= listings:
            return
        user = _user(load, number, first_name, midnight(load.first - dt.timedelta(days=days)))
        yield Host(user, city, range(start, min(start + size, listings)))
        start += size


def _user(load: Load, number: int, first_name: str, created_at: dt.datetime) -> NewUser:
    name = f"load-{load.seed}-{number}"
    return NewUser(
        id=stable_id(SOURCE, "host", str(load.seed), str(number)),
        username=name,
        email=f"{name}@load.invalid",
        first_name=first_name,
        source_id=f"{SOURCE}:{load.seed}:{number}",
        created_at=created_at,
    )


def listing_id(load: Load, number: int) -> ObjectId:
    """Grows with the number, so that indexes are filled in their order."""
    return ObjectId(
        number.to_bytes(BLOCK_BYTES) + stable_id(str(load.seed), str(number)).binary[4:]
    )


def listing_of(load: Load, host: Host, number: int) -> ListingRow:
    pick = Random(f"listing {load.seed} {number}")  # noqa: S311 no secret
    kind, area = choice("types").draw(pick), pick.choice(host.city.areas)
    since = midnight(load.first - dt.timedelta(days=pick.randrange(OLDEST_DAYS)))
    key = listing_id(load, number)
    row = {
        **LISTING_DEFAULTS,
        "_id": key,
        "title": _title(pick, kind, area),
        "description": _description(pick, kind, host.city, area),
        "currency": host.city.place.currency,
        "property_type": kind,
        "amenities": _amenities(pick),
        **_capacity_and_prices(pick, kind, host.city),
        "host_id": host.user.id,
        "images": _images(pick),
        "rating": _rating(pick),
        **{name: choice(name).draw(pick) for name in DRAWN},
        "time_zone": host.city.place.time_zone,
        "source": SOURCE,
        "source_id": f"{load.seed}-{number}",
        "created_at": since,
        "updated_at": since,
    }
    row["max_nights"] = max(row["min_nights"], choice("max_nights").draw(pick))
    row["seasons"] = _seasons(pick, row["price_per_night"], load.first)
    place = _place(pick, host.city, area)
    row |= places_of(place, listing_id=key, host_id=host.user.id)._asdict()
    return cast("ListingRow", row | search_keys(row))


def _title(pick: Random, kind: str, area: Area) -> str:
    noun = pick.choice(words()["nouns"][kind])
    return f"{pick.choice(words()['adjectives'])} {noun}, {area.name}"


def _description(pick: Random, kind: str, city: City, area: Area) -> str:
    opening, closing = pick.choice(words()["openings"][kind]), pick.choice(words()["closings"])
    details = [detail["text"] for detail in pick.sample(words()["details"], pick.randint(2, 5))]
    where = f"Made up for a load test, in {area.name}, {city.place.city}."
    return " ".join([opening, *details, where, closing])


def _amenities(pick: Random) -> list[str]:
    """Draws each by its share; hosts differ in how much they tick."""
    eager = pick.lognormvariate(0, 0.45)
    return [name for name, share in shares()["amenities"].items() if pick.random() < share * eager]


def _capacity_and_prices(pick: Random, kind: str, city: City) -> dict[str, Any]:
    guests = choice("guests").draw(pick)
    bedrooms = max(1, round(guests / 2.2 + pick.gauss(0, 0.4)))
    usual = shares()["prices"][kind] * city.level * (0.7 + 0.15 * guests)
    night = usual * pick.lognormvariate(0, 0.45)
    currency = city.place.currency
    price = from_wire(_round(night), currency)
    return {
        "capacity": {
            "max_guests": guests,
            "bedrooms": bedrooms,
            "bathrooms": max(1.0, math.floor(bedrooms * pick.uniform(0.8, 1.7)) / 2),
            "beds": max(1, bedrooms + pick.choice((0, 0, 1, 2))),
        },
        "price_per_night": price,
        "cleaning_fee": pick.choice(
            (0, from_wire(_round(usual * pick.uniform(0.3, 0.8)), currency))
        ),
        "weekend_price": price * 6 // 5 if choice("has_weekend_price").draw(pick) else None,
    }


def _round(amount: float) -> int:
    """Keeps two digits, as hosts do."""
    step = 10 ** max(0, math.floor(math.log10(amount)) - 1)
    return max(1, round(amount / step)) * step


def _rating(pick: Random) -> dict[str, Any]:
    if choice("has_no_reviews").draw(pick):
        return {"average": None, "count": 0}
    reviews = max(1, int(pick.lognormvariate(2, 1.5)))
    spread = 0.9 / (1 + reviews / 10) + 0.15
    return {"average": round(max(1.0, 5 - abs(pick.gauss(0.1, spread))), 2), "count": reviews}


def _images(pick: Random) -> list[str]:
    return [f"{settings.MEDIA_URL}{file}" for file in pick.sample(FILES, pick.randint(3, 8))]


def _seasons(pick: Random, price: int, first: dt.date) -> list[dict[str, Any]]:
    if not choice("has_seasons").draw(pick):
        return []
    start = first + dt.timedelta(days=pick.randrange(200))
    return [
        {
            "name": "High season",
            "start": midnight(start),
            "end": midnight(start + dt.timedelta(days=pick.randint(14, 90))),
            "price_per_night": price * 7 // 5,
            "min_nights": pick.choice((None, 3, 5)),
            "max_nights": None,
        }
    ]


def _place(pick: Random, city: City, area: Area) -> dict[str, Any]:
    point = [pick.gauss(area.longitude, AREA_SPREAD), pick.gauss(area.latitude, AREA_SPREAD)]
    place = city.place
    return {
        "area": area.name,
        "city": place.city,
        "state": place.state,
        "country": place.country,
        "coordinates": {"type": "Point", "coordinates": [round(axis, 5) for axis in point]},
    }
