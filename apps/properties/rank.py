"""How good a listing is for people who name no order, from 0 to 100, by parts that can be named.
See docs/ranking.md."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import NamedTuple

from apps.properties.enums import RankLimit, RankPart

# Stars of a listing that nobody has rated, and how many ratings outweigh that belief.
USUAL_STARS, BELIEF = 4.6, 8
WORST_STARS, BEST_STARS = 3.5, 5.0
MOST: dict[str, int] = {
    RankPart.QUALITY: 45,
    RankPart.PRICE: 15,
    RankPart.PHOTOS: 15,
    RankPart.AVAILABILITY: 10,
    RankPart.FRESHNESS: 10,
    RankPart.NEWNESS: 5,
}
ENOUGH_PHOTOS, ENOUGH_LETTERS = 8, 300
# In this time what a host looked after is as fresh as half.
FRESH_DAYS, NEW_DAYS = 90, 30
# Whoever has no photo stands behind all who have; whoever has no review, behind the good ones.
LIMITS = {RankLimit.PHOTOS: 20.0, RankLimit.REVIEWS: 65.0}


@dataclass(frozen=True, kw_only=True, slots=True)
class RankFacts:
    """`usual_price` is what homes of its kind and size cost there, in the same currency; None where
    too few are known. `free_share` is the share of the next 90 nights that can be booked."""

    stars: float | None
    reviews: int
    photos: int
    letters: int
    price: int
    usual_price: int | None
    free_share: float
    created_at: dt.datetime
    updated_at: dt.datetime


class RankParts(NamedTuple):
    """`limit` is the most that the sum may be."""

    quality: float
    price: float
    photos: float
    availability: float
    freshness: float
    newness: float
    limit: float

    @property
    def score(self) -> float:
        return round(min(sum(self[:-1]), self.limit), 2)


def rank_parts(facts: RankFacts, *, now: dt.datetime) -> RankParts:
    shares = {
        "quality": _quality(facts),
        "price": _price(facts),
        "photos": _photos(facts),
        "availability": min(1.0, 2 * facts.free_share),
        "freshness": 0.5 ** (_days(facts.updated_at, now) / FRESH_DAYS),
        "newness": max(0.0, 1 - _days(facts.created_at, now) / NEW_DAYS),
    }
    parts = {name: round(MOST[name] * share, 2) for name, share in shares.items()}
    return RankParts(**parts, limit=_limit(facts))


def _quality(facts: RankFacts) -> float:
    """The stars that are to be expected (Bayes): few ratings say little, whatever they say."""
    count = facts.reviews if facts.stars is not None else 0
    stars = (BELIEF * USUAL_STARS + count * (facts.stars or 0)) / (BELIEF + count)
    return min(1.0, max(0.0, (stars - WORST_STARS) / (BEST_STARS - WORST_STARS)))


def _price(facts: RankFacts) -> float:
    """A half for the usual price, all for half of it, nothing for double."""
    if not facts.usual_price or not facts.price:
        return 0.5
    return min(1.0, max(0.0, 0.5 - math.log2(facts.price / facts.usual_price) / 2))


def _photos(facts: RankFacts) -> float:
    """Three parts for photos and one for a description."""
    photos = min(1.0, facts.photos / ENOUGH_PHOTOS)
    return 0.75 * photos + 0.25 * min(1.0, facts.letters / ENOUGH_LETTERS)


def _days(since: dt.datetime, now: dt.datetime) -> float:
    return max(0.0, (now - since) / dt.timedelta(days=1))


def rank_lacks(facts: RankFacts) -> RankLimit | None:
    """What a listing has none of, so that its rank has a limit."""
    if not facts.photos:
        return RankLimit.PHOTOS
    return None if facts.reviews else RankLimit.REVIEWS


def _limit(facts: RankFacts) -> float:
    lacks = rank_lacks(facts)
    return LIMITS[lacks] if lacks else 100.0
