"""How well a listing suits a traveler, and the facts that say why."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from apps.ai.planner.stays import rating_score
from apps.ai.services.tastes import Taste
from apps.common.money import from_wire, money_text
from apps.common.text import name_key
from apps.properties.replies import ListingCardReply, RatingReply

WELL_RATED, ENOUGH_REVIEWS = 4.5, 3
NAMED_AMENITIES = 3
WEIGHTS = {"rating": 0.35, "city": 0.25, "amenities": 0.2, "type": 0.15, "price": 0.05}


class Scored(NamedTuple):
    card: ListingCardReply
    score: float
    reasons: list[str]


def scored(card: ListingCardReply, amenities: Iterable[str], taste: Taste) -> Scored:
    likes, city, rating = taste.likes, card.location.city, card.rating
    liked = _liked(amenities, likes["amenities"])
    is_kind = card.property_type in likes["property_types"]
    is_within = _within(card, likes)
    parts = {
        "rating": rating_score(rating.average, rating.count),
        "city": float(name_key(city) in taste.cities),
        "amenities": len(liked) / len(likes["amenities"]) if likes["amenities"] else 0.0,
        "type": float(is_kind),
        "price": float(is_within),
    }
    reasons = (
        _city_reason(city, taste),
        f"Has {_listed(liked)}, which you like." if liked else "",
        f"Is {_with_article(card.property_type)}, as you prefer." if is_kind else "",
        _price_reason(likes) if is_within else "",
        _rating_reason(rating),
    )
    score = round(sum(WEIGHTS[name] * value for name, value in parts.items()), 3)
    return Scored(card, score, [reason for reason in reasons if reason])


def _city_reason(city: str, taste: Taste) -> str:
    if name_key(city) in taste.past_cities:
        return f"You stayed in {city} before."
    return f"You plan a stay in {city}." if name_key(city) in taste.coming_cities else ""


def _liked(amenities: Iterable[str], liked: Iterable[str]) -> list[str]:
    there = {name_key(name) for name in amenities}
    return [name for name in liked if name_key(name) in there]


def _within(card: ListingCardReply, likes: Mapping[str, Any]) -> bool:
    most = likes["max_price_per_night"]
    same = card.currency == likes["currency"]
    return most is not None and same and from_wire(card.price_per_night, card.currency) <= most


def _price_reason(likes: Mapping[str, Any]) -> str:
    limit = money_text(likes["max_price_per_night"], likes["currency"])
    return f"Within your limit of {limit} a night."


def _rating_reason(rating: RatingReply) -> str:
    average, count = rating.average, rating.count
    if average is None or average < WELL_RATED or count < ENOUGH_REVIEWS:
        return ""
    return f"Rated {average:.2f} out of 5 in {count} reviews."


def _listed(names: list[str]) -> str:
    shown = names[:NAMED_AMENITIES]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _with_article(kind: str) -> str:
    name = kind.replace("_", " ")
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
