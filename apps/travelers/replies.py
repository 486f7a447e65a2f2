"""What travelers are shown of their own."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from apps.accounts.enums import Pace
from apps.common.money import to_wire
from apps.common.replies import Money, Reply, choices, example
from apps.properties.enums import PropertyType


@example(
    {
        "home_city": "Lisbon",
        "property_types": ["house", "cabin"],
        "amenities": ["Wifi"],
        "max_price_per_night": 149.5,
        "currency": "EUR",
        "guests": 4,
        "interests": ["art", "food"],
        "pace": "relaxed",
    }
)
class ShownPreferenceReply(Reply, frozen=True, kw_only=True, gc=False):
    home_city: str
    property_types: list[Annotated[str, choices(PropertyType)]]
    amenities: list[str]
    max_price_per_night: Money | None
    currency: str
    guests: int
    interests: list[str]
    pace: Annotated[str, choices(Pace)]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        price = stored["max_price_per_night"]
        shown = {**stored, "max_price_per_night": None if price is None else to_wire(price)}
        return cls(**shown)
