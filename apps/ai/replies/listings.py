from typing import Annotated, Any

from msgspec import Meta

from apps.common.replies import Money, Reply, example

# Until their apps have replies for these three.
_HERE = "#/components/schemas/"
ListingCard = Annotated[dict[str, Any], Meta(extra_json_schema={"$ref": _HERE + "ListingCard"})]
FoundCard = Annotated[dict[str, Any], Meta(extra_json_schema={"$ref": _HERE + "FoundCard"})]
Line = Annotated[dict[str, Any], Meta(extra_json_schema={"$ref": _HERE + "Line"})]
CARD = {
    "id": "66f1c2a4b8e0d3f5a7c91e01",
    "title": "A quiet flat by the river",
    "property_type": "apartment",
    "price_per_night": 120.0,
    "currency": "SGD",
    "location": {
        "city": "Singapore",
        "state": "Central Region",
        "country": "Singapore",
        "coordinates": {"type": "Point", "coordinates": [103.8558, 1.2936]},
    },
    "capacity": {"max_guests": 4, "bedrooms": 2, "bathrooms": 1.5, "beds": 3},
    "image": "https://example.com/media/listings/river-1600.webp",
    "rating": {"average": 4.8, "count": 31},
}
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
    listing: ListingCard
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
