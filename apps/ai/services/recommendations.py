"""Listings for one traveler. Every reason is a fact that was looked up, so it can be shown."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bson import ObjectId

from apps.accounts.selectors import preference_defaults, preferences_of
from apps.ai.planner.stays import rating_score
from apps.ai.selectors import Place, places_known
from apps.ai.services.stays import REACH_M, card_alone, free_quote
from apps.bookings.enums import Status
from apps.bookings.selectors import guest_stays
from apps.common.money import from_wire, money_text
from apps.common.pagination import Page
from apps.common.text import name_key
from apps.properties.search import Criteria, listing_search
from apps.properties.selectors.chosen import listing_amenities, listing_cards

DRAWN = 40
CITIES = 3
WELL_RATED, ENOUGH_REVIEWS = 4.5, 3
NAMED_AMENITIES = 3
WEIGHTS = {"rating": 0.35, "city": 0.25, "amenities": 0.2, "type": 0.15, "price": 0.05}


@dataclass(frozen=True, kw_only=True)
class Taste:
    """What is known of a traveler; cities are name keys, those of past and of coming stays."""

    likes: Mapping[str, Any]
    is_personal: bool
    seen: frozenset[str]
    ahead: frozenset[str]

    @property
    def cities(self) -> frozenset[str]:
        return self.seen | self.ahead

    @property
    def is_known(self) -> bool:
        return self.is_personal or bool(self.cities)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Both dates or none."""

    check_in: dt.date | None = None
    check_out: dt.date | None = None
    guests: int | None = None
    limit: int = 10


def listings_recommended(*, user_id: ObjectId, asked: Asked, now: dt.datetime) -> dict[str, Any]:
    taste = _taste(user_id, now.date())
    cards = _pool(taste, asked, now)
    amenities = listing_amenities(cards)
    scored = [_scored(card, amenities.get(key, []), taste) for key, card in cards.items()]
    scored.sort(key=lambda row: (-row["score"], row["listing"]["id"]))
    results: list[dict[str, Any]] = []
    for row in scored:
        if len(results) == asked.limit:
            break
        if priced := _priced(row, asked, now):
            results.append(priced)
    return {"personalized": taste.is_known, "results": results}


def _taste(user_id: ObjectId, today: dt.date) -> Taste:
    likes, stays = preferences_of(user_id), guest_stays(user_id)
    cards = listing_cards(stay["listing_id"] for stay in stays)
    seen, ahead = set(), set()
    for stay in stays:
        card = cards.get(stay["listing_id"])
        if card is None:
            continue
        city = name_key(card["location"]["city"])
        if stay["check_out"] > today:
            ahead.add(city)
        elif stay["status"] != Status.PENDING:
            seen.add(city)
    return Taste(
        likes=likes,
        is_personal=likes != preference_defaults(),
        seen=frozenset(seen),
        ahead=frozenset(ahead),
    )


def _pool(taste: Taste, asked: Asked, now: dt.datetime) -> dict[ObjectId, dict[str, Any]]:
    """Candidates by id: the cities where the traveler stayed, the kinds they like, the newest."""
    found: dict[ObjectId, dict[str, Any]] = {}
    for criteria in _searches(taste, asked):
        page = listing_search(criteria, page=Page(per_page=DRAWN), now=now)
        found |= {card["id"]: card_alone(card) for card in page["results"]}
    return found


def _searches(taste: Taste, asked: Asked) -> Iterable[Criteria]:
    guests = asked.guests or (taste.likes["guests"] if taste.is_personal else None)
    same: dict[str, Any] = {
        "guests": guests,
        "check_in": asked.check_in,
        "check_out": asked.check_out,
    }
    known: list[Place] = places_known() if taste.cities else []
    seen = [place for place in known if name_key(place.city) in taste.cities][:CITIES]
    yield from (Criteria(point=place.point, radius_m=REACH_M, **same) for place in seen)
    yield from (Criteria(property_type=kind, **same) for kind in taste.likes["property_types"])
    yield Criteria(**same)


def _scored(card: dict[str, Any], amenities: list[str], taste: Taste) -> dict[str, Any]:
    likes = taste.likes
    liked = _liked(amenities, likes["amenities"])
    in_city = name_key(card["location"]["city"]) in taste.cities
    is_kind = card["property_type"] in likes["property_types"]
    within = _within(card, likes)
    rating = card["rating"]
    parts = {
        "rating": rating_score(rating.get("average"), rating.get("count") or 0),
        "city": float(in_city),
        "amenities": len(liked) / len(likes["amenities"]) if likes["amenities"] else 0.0,
        "type": float(is_kind),
        "price": float(within),
    }
    reasons = [
        _city_reason(card["location"]["city"], taste),
        f"Has {_listed(liked)}, which you like." if liked else "",
        f"Is {_a(card['property_type'])}, as you prefer." if is_kind else "",
        _price_reason(likes) if within else "",
        _rating_reason(rating),
    ]
    return {
        "listing": card,
        "score": round(sum(WEIGHTS[name] * value for name, value in parts.items()), 3),
        "reasons": [reason for reason in reasons if reason],
    }


def _city_reason(city: str, taste: Taste) -> str:
    if name_key(city) in taste.seen:
        return f"You stayed in {city} before."
    return f"You plan a stay in {city}." if name_key(city) in taste.ahead else ""


def _liked(amenities: Iterable[str], wanted: Iterable[str]) -> list[str]:
    there = {name_key(name) for name in amenities}
    return [name for name in wanted if name_key(name) in there]


def _within(card: Mapping[str, Any], likes: Mapping[str, Any]) -> bool:
    most = likes["max_price_per_night"]
    same = card["currency"] == likes["currency"]
    return most is not None and same and from_wire(card["price_per_night"]) <= most


def _price_reason(likes: Mapping[str, Any]) -> str:
    return f"Within your {money_text(likes['max_price_per_night'], likes['currency'])} a night."


def _rating_reason(rating: Mapping[str, Any]) -> str:
    average, count = rating.get("average"), rating.get("count") or 0
    if average is None or average < WELL_RATED or count < ENOUGH_REVIEWS:
        return ""
    return f"Rated {average:.2f} of 5 in {count} reviews."


def _listed(names: list[str]) -> str:
    shown = names[:NAMED_AMENITIES]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _a(kind: str) -> str:
    name = kind.replace("_", " ")
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _priced(row: dict[str, Any], asked: Asked, now: dt.datetime) -> dict[str, Any] | None:
    """With dates only what is free, at its total."""
    card = row["listing"]
    if asked.check_in is None or asked.check_out is None:
        return {**row, "total_price": None, "currency": card["currency"]}
    found = free_quote(card["id"], asked.check_in, asked.check_out, asked.guests or 1, now=now)
    if found is None:
        return None
    return {**row, "total_price": found["total_price"], "currency": found["currency"]}
