import datetime as dt
from typing import Annotated, Any

from apps.ai.enums import PlannerName
from apps.common.replies import Money, Pagination, Reply, choices, example
from apps.properties.enums import PropertyType
from apps.properties.replies import CARD, FoundCardReply


class FiltersReply(Reply, frozen=True, kw_only=True, gc=False):
    location: str | None
    check_in: dt.date | None
    check_out: dt.date | None
    guests: int | None
    min_price: Money | None
    max_price: Money | None
    property_type: Annotated[str, choices(PropertyType)] | None
    amenities: list[str]


class UnderstoodReply(Reply, frozen=True, kw_only=True, gc=False):
    """A part of the sentence and the filter that it became."""

    text: str
    field: str
    value: Any


@example(
    {
        "filters": {
            "location": "Singapore",
            "check_in": None,
            "check_out": None,
            "guests": 2,
            "min_price": None,
            "max_price": 150.0,
            "property_type": None,
            "amenities": ["Wifi"],
        },
        "understood": [
            {"text": "in Singapore", "field": "location", "value": "Singapore"},
            {"text": "for two", "field": "guests", "value": 2},
            {"text": "under 150", "field": "max_price", "value": 150.0},
            {"text": "with wifi", "field": "amenities", "value": "Wifi"},
        ],
        "ignored": ["quiet"],
        "interpreter": "embedded",
        "results": [CARD],
        "pagination": {
            "page": 1,
            "per_page": 20,
            "total": 1,
            "total_capped": False,
            "has_next": False,
        },
    }
)
class SmartSearchResultReply(Reply, frozen=True, kw_only=True, gc=False):
    filters: FiltersReply
    understood: list[UnderstoodReply]
    ignored: list[str]
    interpreter: Annotated[str, choices(PlannerName)]
    results: list[FoundCardReply]
    pagination: Pagination
