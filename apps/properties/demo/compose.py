"""The parts of one made-up listing, each drawn by the listing's own random numbers."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from apps.common.money import from_wire
from apps.properties.demo.cities import Area, City, words
from apps.properties.demo.scenes.hours import Hour
from apps.properties.enums import CancellationPolicy, PropertyType
from apps.properties.nights import WINDOW_DAYS, midnight

Type = PropertyType
PRICE = {
    Type.APARTMENT: 1.0,
    Type.HOUSE: 1.35,
    Type.ROOM: 0.55,
    Type.SHARED_ROOM: 0.3,
    Type.HOTEL: 1.2,
    Type.CABIN: 0.95,
    Type.OTHER: 1.1,
}
BEDROOMS = {Type.APARTMENT: (0, 1, 1, 2, 2, 3), Type.HOUSE: (2, 3, 3, 4)}
INDOORS = ("interior", "bedroom", "kitchen", "nook")
EVERYWHERE = 6
MOST_PICTURES = 4
# The share of listings with prices of their own for the New Year, that are booked at once, and
# whose hosts are asked before a stay is altered.
SEASONAL, INSTANT, CONSENT = 0.4, 0.5, 0.7
TAXED_NIGHTS = 7
# How far prices of the same kind lie apart, and the most beside the usual one.
SPREAD, DEAREST = 0.28, 2.4
# When pictures are taken: two of a city may show the same street, but not in the same light.
HOURS = (*(Hour.DAY,) * 5, *(Hour.GOLDEN,) * 3, Hour.DUSK, Hour.DUSK, Hour.NIGHT)
YEARS = range(2025, 2031)


@dataclass(frozen=True)
class Picture:
    file: str
    scene: str
    palette: str
    hour: Hour


def minimum(pick: Random) -> int:
    return pick.choice((1, 1, 2, 2, 2, 3, 3, 4, 5, 7, 28))


def title(pick: Random, city: City, kind: PropertyType, number: int) -> str:
    """No two alike: within a city the hooks go round, and every lap has another noun."""
    nouns, adjectives = words()["nouns"][kind.value], words()["adjectives"]
    hook = city.hooks[number % len(city.hooks)]
    noun = nouns[(number // len(city.hooks) + number) % len(nouns)]
    return f"{pick.choice(adjectives)} {noun} {hook}"


def texts(pick: Random, kind: PropertyType, area: Area) -> tuple[list[str], str]:
    details = pick.sample(words()["details"], 2)
    known = words()["amenities"]
    chosen = set(known[:EVERYWHERE]) | set(pick.sample(known[EVERYWHERE:], pick.randint(4, 12)))
    chosen |= {detail["amenity"] for detail in details if detail["amenity"]}
    opening, closing = (
        pick.choice(words()["openings"][kind.value]),
        pick.choice(words()["closings"]),
    )
    first = f"{opening} {details[0]['text']} {details[1]['text']}"
    return sorted(chosen), f"{first}\n\n{area.about}\n\n{closing}"


def bedrooms(pick: Random, kind: PropertyType) -> int:
    return pick.choice(BEDROOMS.get(kind, (1,)))


def capacity(pick: Random, kind: PropertyType, bedrooms: int) -> dict[str, Any]:
    if kind is Type.SHARED_ROOM:
        return {"max_guests": 4, "bedrooms": 1, "bathrooms": 1.5, "beds": 4}
    guests = max(2, bedrooms * 2) + pick.choice((0, 0, 1, 2) if bedrooms > 1 else (0, 0, 0, 1))
    bathrooms = max(1.0, bedrooms / 2) if kind is not Type.ROOM else pick.choice((0.5, 1.0))
    beds = max(1, bedrooms + pick.choice((0, 0, 1)))
    return {"max_guests": guests, "bedrooms": bedrooms, "bathrooms": bathrooms, "beds": beds}


def prices(pick: Random, city: City, kind: PropertyType, bedrooms: int) -> dict[str, int]:
    rooms = 0.85 + 0.3 * max(bedrooms - 1, 0) if bedrooms != 1 else 1.0
    night = city.price * PRICE[kind] * rooms * min(DEAREST, pick.lognormvariate(0.03, SPREAD))
    cleaning = 0 if kind in {Type.HOTEL, Type.SHARED_ROOM} else night * pick.uniform(0.25, 0.5)
    return {
        "price_per_night": _rounded(night, city),
        "cleaning_fee": _rounded(cleaning, city),
    }


def _rounded(amount: float, city: City) -> int:
    return from_wire(round(amount / city.step) * city.step, city.place.currency)


def location(pick: Random, city: City, area: Area) -> dict[str, Any]:
    longitude = round(area.longitude + pick.uniform(-area.spread, area.spread), 5)
    latitude = round(area.latitude + pick.uniform(-area.spread, area.spread), 5)
    return {
        "area": area.name,
        "city": city.place.city,
        "state": city.place.state,
        "country": city.place.country,
        "coordinates": {"type": "Point", "coordinates": [longitude, latitude]},
    }


def pictures(pick: Random, city: City, kind: PropertyType, source_id: str) -> tuple[Picture, ...]:
    """Takes one or two of the outside and some of the inside, each at an hour of its own: the first
    is the one that cards show."""
    outside = pick.sample(city.scenes, pick.choice((1, 1, 2)))
    if kind is Type.CABIN:
        outside = ["cabin", *outside[:1]]
    inside = pick.sample(INDOORS, pick.choice((1, 2, 2, 3)))
    is_outside_first = pick.random() < 0.7  # noqa: PLR2004
    scenes = [*outside, *inside] if is_outside_first else [inside[0], *outside, *inside]
    return tuple(
        _picture(f"{source_id}-{at + 1}-{scene}", scene, city, pick.choice(HOURS))
        for at, scene in enumerate(list(dict.fromkeys(scenes))[:MOST_PICTURES])
    )


def _picture(name: str, scene: str, city: City, hour: Hour) -> Picture:
    return Picture(f"{name}-{hour.value}.svg", scene, city.palette, hour)


def terms(pick: Random, city: City, night: int, *, is_open: bool) -> dict[str, Any]:
    """What stays cost beside the base price, and which the host takes. Open ones take any, and
    the stays that the demo tells of are theirs."""
    step = from_wire(city.step, city.place.currency)
    strict = 0 if is_open else 1
    return {
        "weekend_price": pick.choice((None, _raised(night, 1.15, step))),
        "seasons": _new_years(_raised(night, 1.4, step), min_nights=3 if strict else None)
        if pick.random() < SEASONAL
        else [],
        "weekly_discount_percent": pick.choice((0, 0, 5, 10)),
        "monthly_discount_percent": pick.choice((0, 15, 25)),
        "tax_per_person_night": from_wire(city.tax, city.place.currency),
        "tax_nights_cap": TAXED_NIGHTS if city.tax else None,
        "lead_days": strict * pick.choice((0, 0, 1, 2)),
        "window_days": WINDOW_DAYS,
        "prep_nights": strict * pick.choice((0, 0, 1)),
        "check_in_days": [],
        "check_out_days": [],
        "instant_book": bool(strict) and pick.random() < INSTANT,
        "alteration_consent": pick.random() < CONSENT,
        "cancellation_policy": pick.choice(CancellationPolicy.values),
    }


def _raised(night: int, factor: float, step: int) -> int:
    return round(night * factor / step) * step


def _new_years(price: int, *, min_nights: int | None) -> list[dict[str, Any]]:
    return [
        {
            "name": "New Year",
            "start": midnight(dt.date(year, 12, 27)),
            "end": midnight(dt.date(year + 1, 1, 3)),
            "price_per_night": price,
            "min_nights": min_nights,
            "max_nights": None,
        }
        for year in YEARS
    ]
