from typing import Annotated

from msgspec import Meta

from apps.common.replies import Money, Reply, example
from apps.properties.replies import CARD, ListingCardReply


class RecommendationReply(Reply, frozen=True, kw_only=True, gc=False):
    listing: ListingCardReply
    score: Annotated[float, Meta(ge=0, le=1)]
    reasons: list[str]
    total_price: Annotated[Money | None, Meta(description="Of the stay, in a call with dates.")]
    currency: str


@example(
    {
        "personalized": True,
        "results": [
            {
                "listing": CARD,
                "score": 0.82,
                "reasons": ["Is an apartment, as you prefer."],
                "total_price": 302.4,
                "currency": "SGD",
            }
        ],
    }
)
class RecommendationsReply(Reply, frozen=True, kw_only=True, gc=False):
    personalized: bool
    results: list[RecommendationReply]
