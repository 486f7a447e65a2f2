from typing import Annotated

from msgspec import Meta

from apps.common.replies import Id, Instant, Money, Reply, choices, example
from apps.properties.enums import RankLimit, RankPart


class RankPartReply(Reply, frozen=True, kw_only=True, gc=False):
    """`points` of `most` that this part gives; docs/ranking.md says what it measures."""

    name: Annotated[str, choices(RankPart)]
    points: float
    most: float


class RankPlaceReply(Reply, frozen=True, kw_only=True, gc=False):
    city: str
    position: Annotated[int, Meta(description="1 stands first. Homes of equal score share it.")]
    listings: Annotated[int, Meta(description="Homes of this city that searches find.")]


class RankFactsReply(Reply, frozen=True, kw_only=True, gc=False):
    """What the parts were worked out of."""

    rating: float | None
    reviews: int
    photos: int
    description_letters: int
    price_per_night: Money
    usual_price: Annotated[
        Money | None,
        Meta(
            description="What homes of its kind and size cost in its city, in its currency; null "
            "where too few are known."
        ),
    ]
    currency: str
    free_nights: Annotated[int, Meta(description="Of the next `nights`, those that can be booked.")]
    nights: int
    changed_at: Instant


@example(
    {
        "listing_id": "66f1c2a4b8e0d3f5a7c91e01",
        "score": 62.4,
        "limit": 65.0,
        "limited_by": "reviews",
        "parts": [
            {"name": "quality", "points": 33.0, "most": 45.0},
            {"name": "price", "points": 9.1, "most": 15.0},
        ],
        "place": {"city": "Singapore", "position": 12, "listings": 83},
        "facts": {
            "rating": None,
            "reviews": 0,
            "photos": 6,
            "description_letters": 420,
            "price_per_night": 120.0,
            "usual_price": 138.0,
            "currency": "SGD",
            "free_nights": 61,
            "nights": 90,
            "changed_at": "2026-11-20T08:15:00Z",
        },
        "ranked_at": "2026-11-28T03:00:00Z",
    }
)
class RankReply(Reply, frozen=True, kw_only=True, gc=False):
    """Why a listing stands where it stands among the recommended ones."""

    listing_id: Id
    score: Annotated[float, Meta(description="From 0 to 100: the sum of the parts, up to `limit`.")]
    limit: float
    limited_by: Annotated[
        Annotated[str, choices(RankLimit)] | None,
        Meta(description="What the listing lacks: without any, its score ends at `limit`."),
    ]
    parts: list[RankPartReply]
    place: RankPlaceReply
    facts: RankFactsReply
    ranked_at: Instant
