"""Ranks the free listings by how well they suit."""

from apps.ai.planner.port import Brief, StayOption
from apps.common.geo import LngLat, distance_km
from apps.common.text import folded

FAR_KM = 10.0
UNRATED = 0.7
MANY_REVIEWS = 10
WEIGHTS = {"rating": 0.4, "near": 0.25, "price": 0.15, "amenities": 0.12, "type": 0.08}


def stays_ranked(brief: Brief) -> tuple[str, ...]:
    """Returns ids, best first; equal ones by id, so that the same brief gives the same plan."""
    centre = activities_centre(brief)
    totals = [stay.total for stay in brief.stays]
    scored = [(-_score(stay, brief, centre, totals), stay.id) for stay in brief.stays]
    return tuple(stay_id for _, stay_id in sorted(scored))


def activities_centre(brief: Brief) -> LngLat:
    points = [option.point for option in brief.activities] or [brief.centre]
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def rating_score(average: float | None, reviews: int) -> float:
    """Returns 0 to 1; a few reviews count for less than many."""
    if average is None:
        return UNRATED
    trust = min(reviews, MANY_REVIEWS) / MANY_REVIEWS
    return trust * average / 5 + (1 - trust) * UNRATED


def _score(stay: StayOption, brief: Brief, centre: LngLat, totals: list[int]) -> float:
    liked = {folded(name) for name in brief.liked_amenities}
    has = {folded(name) for name in stay.amenities}
    spread = max(totals) - min(totals)
    parts = {
        "rating": rating_score(stay.rating, stay.reviews),
        "near": max(0.0, 1 - distance_km(stay.point, centre) / FAR_KM),
        "price": 1 - (stay.total - min(totals)) / spread if spread else 1.0,
        "amenities": len(liked & has) / len(liked) if liked else 0.5,
        "type": float(stay.property_type in brief.liked_types) if brief.liked_types else 0.5,
    }
    return sum(WEIGHTS[name] * value for name, value in parts.items())
