from typing import Annotated, Any

from msgspec import Meta

from apps.common.replies import Money, Reply, example
from apps.properties.replies import CARD, ListingCardReply

# Until bookings has a reply for it.
_HERE = "#/components/schemas/"
Line = Annotated[dict[str, Any], Meta(extra_json_schema={"$ref": _HERE + "Line"})]
LINES = [
    {
        "code": "NIGHTS",
        "label": "Nights",
        "quantity": 2,
        "unit_amount": 120.0,
        "amount": 240.0,
    },
    {
        "code": "CLEANING_FEE",
        "label": "Cleaning fee",
        "quantity": 1,
        "unit_amount": 30.0,
        "amount": 30.0,
    },
    {
        "code": "SERVICE_FEE",
        "label": "Service fee",
        "quantity": 1,
        "unit_amount": 32.4,
        "amount": 32.4,
    },
]


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
