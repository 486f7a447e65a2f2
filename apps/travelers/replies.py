"""What travelers are shown of their own."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

import msgspec
from msgspec import Meta

from apps.accounts.enums import Pace
from apps.common.money import to_wire
from apps.common.replies import Instant, Money, Reply, choices, example, instant
from apps.properties.enums import PropertyType
from apps.properties.replies import CARD, ListingCardReply
from apps.travelers.rows import FavoriteRow


@example({**CARD, "favorited_at": "2026-11-22T08:15:00Z", "is_active": True})
class FavoriteCardReply(ListingCardReply, frozen=True, kw_only=True, gc=False):
    favorited_at: Instant
    is_active: Annotated[bool, Meta(description="False for a listing that was withdrawn.")]

    @classmethod
    def favored(cls, favorite: FavoriteRow, card: ListingCardReply, is_active: bool) -> Self:
        return cls(
            **msgspec.structs.asdict(card),
            favorited_at=instant(favorite["created_at"]),
            is_active=is_active,
        )


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
        shown = {**stored, "max_price_per_night": _price(price, stored["currency"])}
        return cls(**shown)


def _price(minor: int | None, currency: str) -> float | None:
    return None if minor is None else to_wire(minor, currency)
