"""Listings for one traveler. Every reason is a fact that was looked up, so it can be shown."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bson import ObjectId

from apps.ai.replies.listings import RecommendationReply, RecommendationsReply
from apps.ai.selectors.places import places_known
from apps.ai.services.reasons import Scored, scored
from apps.ai.services.stays import REACH_M, stay_quoted
from apps.ai.services.tastes import Taste, taste_of
from apps.common.pagination import Page
from apps.common.text import name_key
from apps.properties.replies import ListingCardReply
from apps.properties.search import Criteria, listing_search
from apps.properties.selectors.chosen import listing_amenities

MOST_FOUND = 40
MOST_CITIES = 3


@dataclass(frozen=True, kw_only=True)
class RecommendationRequest:
    """Has both dates or none."""

    check_in: dt.date | None = None
    check_out: dt.date | None = None
    guests: int | None = None
    limit: int = 10


def listings_recommended(
    *, user_id: ObjectId, request: RecommendationRequest, now: dt.datetime
) -> RecommendationsReply:
    taste = taste_of(user_id, now.date())
    cards = _candidates(taste, request, now)
    amenities = listing_amenities(cards)
    ranked = [scored(card, amenities.get(key, []), taste) for key, card in cards.items()]
    ranked.sort(key=lambda found: (-found.score, found.card.id))
    return RecommendationsReply(
        personalized=taste.is_known, results=_first_priced(ranked, request, now)
    )


def _candidates(
    taste: Taste, request: RecommendationRequest, now: dt.datetime
) -> dict[ObjectId, ListingCardReply]:
    """Finds cards by id: cities where the traveler stayed, kinds that they like, the newest."""
    found: dict[ObjectId, ListingCardReply] = {}
    for criteria in _searches(taste, request):
        page = listing_search(criteria, page=Page(per_page=MOST_FOUND), now=now)
        found |= {card.id: card.alone() for card in page.results}
    return found


def _searches(taste: Taste, request: RecommendationRequest) -> Iterable[Criteria]:
    same: dict[str, Any] = {
        "guests": request.guests or (taste.likes["guests"] if taste.is_personal else None),
        "check_in": request.check_in,
        "check_out": request.check_out,
    }
    known = places_known() if taste.cities else []
    cities = [place for place in known if name_key(place.city) in taste.cities][:MOST_CITIES]
    yield from (Criteria(point=place.point, radius_m=REACH_M, **same) for place in cities)
    yield from (Criteria(property_type=kind, **same) for kind in taste.likes["property_types"])
    yield Criteria(**same)


def _first_priced(
    ranked: Iterable[Scored], request: RecommendationRequest, now: dt.datetime
) -> list[RecommendationReply]:
    results: list[RecommendationReply] = []
    for found in ranked:
        if len(results) == request.limit:
            break
        if priced := _priced(found, request, now):
            results.append(priced)
    return results


def _priced(
    found: Scored, request: RecommendationRequest, now: dt.datetime
) -> RecommendationReply | None:
    """Adds the total of the stay in a request with dates; None where it is not free then."""
    total, currency = None, found.card.currency
    if request.check_in and request.check_out:
        dates = (request.check_in, request.check_out)
        stay = stay_quoted(found.card, *dates, request.guests or 1, now=now)
        if stay is None:
            return None
        total, currency = stay.total_price, stay.currency
    return RecommendationReply(
        listing=found.card,
        score=found.score,
        reasons=found.reasons,
        total_price=total,
        currency=currency,
    )
