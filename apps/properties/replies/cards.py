"""Listings in lists. A page of search is made of these, so nothing is built twice here."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Self, TypedDict

from bson import ObjectId
from msgspec import Meta

from apps.common.money import to_wire
from apps.common.replies import UNSET, Id, Money, Point, Reply, UnsetType, choices
from apps.properties.enums import PropertyType
from apps.properties.rows import ListingRow, LocationRow


class PlaceNameReply(Reply, frozen=True, kw_only=True, gc=False):
    city: str
    state: str
    country: str
    coordinates: Point

    @classmethod
    def of(cls, location: LocationRow) -> Self:
        return cls(
            city=location["city"],
            state=location.get("state", ""),
            country=location["country"],
            coordinates={
                "type": "Point",
                "coordinates": location["coordinates"]["coordinates"],
            },
        )


class CapacityReply(Reply, frozen=True, kw_only=True, gc=False):
    max_guests: int
    bedrooms: int | None
    bathrooms: float | None
    beds: int | None


class RatingReply(Reply, frozen=True, kw_only=True, gc=False):
    average: float | None
    count: int


class ListingCardReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    title: str
    property_type: Annotated[str, choices(PropertyType)]
    price_per_night: Money
    currency: str
    location: PlaceNameReply
    capacity: CapacityReply
    image: str | None
    rating: RatingReply

    @classmethod
    def of(cls, row: ListingRow, **more: Any) -> Self:
        """`more` are the fields that a kind of card has beside these."""
        images = row.get("images")
        return cls(
            id=row["_id"],
            title=row["title"],
            property_type=row["property_type"],
            price_per_night=to_wire(row["price_per_night"], row["currency"]),
            currency=row["currency"],
            location=PlaceNameReply.of(row["location"]),
            capacity=CapacityReply(**row["capacity"]),
            image=images[0] if images else None,
            rating=RatingReply(**row["rating"]),
            **more,
        )


class StayTotalReply(Reply, frozen=True, kw_only=True, gc=False):
    nights: int
    total_price: Money
    check_in: Annotated[
        dt.date | UnsetType,
        Meta(description="Which of the stays is meant, where the search left the dates open."),
    ] = UNSET
    check_out: dt.date | UnsetType = UNSET


class FoundCardReply(ListingCardReply, frozen=True, kw_only=True, gc=False):
    stay: Annotated[
        StayTotalReply | UnsetType,
        Meta(description="What the whole stay costs, in a search with dates."),
    ] = UNSET

    @classmethod
    def found(
        cls,
        entry: Mapping[str, Any],
        *,
        stay: StayTotalReply | UnsetType = UNSET,
        **more: Any,
    ) -> Self:
        """Makes a card of the entry of a listing (`search_entries`)."""
        card = entry["card"]
        return cls(
            id=entry["_id"],
            title=card["title"],
            property_type=card["property_type"],
            price_per_night=to_wire(card["price_per_night"], card["currency"]),
            currency=card["currency"],
            location=PlaceNameReply(**card["location"]),
            capacity=CapacityReply(**card["capacity"]),
            image=card["image"],
            rating=RatingReply(**card["rating"]),
            stay=stay,
            **more,
        )

    def alone(self) -> ListingCardReply:
        """Leaves the stay out, for a reply that names it beside the card."""
        return ListingCardReply(
            **{name: getattr(self, name) for name in ListingCardReply.__struct_fields__}
        )


class SimilarCardReply(FoundCardReply, frozen=True, kw_only=True, gc=False):
    distance_km: Annotated[float, Meta(ge=0, description="From the listing that it is like.")]


class OwnedCardReply(ListingCardReply, frozen=True, kw_only=True, gc=False):
    is_active: bool
    is_suspended: Annotated[bool, Meta(description="A moderator suspended it.")]
    version: int

    @classmethod
    def of(cls, row: ListingRow, **more: Any) -> Self:
        return super().of(
            row,
            is_active=row["is_active"],
            is_suspended=row.get("suspended_at") is not None,
            version=row["version"],
            **more,
        )


class StaffCardReply(OwnedCardReply, frozen=True, kw_only=True, gc=False):
    is_host_suspended: bool
    is_deleted: bool
    host_id: Id

    @classmethod
    def of(cls, row: ListingRow, **more: Any) -> Self:
        return super().of(
            row,
            is_host_suspended=row.get("host_suspended_at") is not None,
            is_deleted=row.get("deleted_at") is not None,
            host_id=row["host_id"],
            **more,
        )


class SummaryRow(TypedDict):
    """What a summary is made of; `images` may be the first one alone."""

    _id: ObjectId
    title: str
    location: LocationRow
    images: list[str]


class ListingSummaryReply(Reply, frozen=True, kw_only=True, gc=False):
    """What replies of other apps show of a listing."""

    id: Id
    title: str
    city: str
    country: str
    image: str | None

    @classmethod
    def of(cls, row: SummaryRow) -> Self:
        images = row.get("images")
        return cls(
            id=row["_id"],
            title=row["title"],
            city=row["location"]["city"],
            country=row["location"]["country"],
            image=images[0] if images else None,
        )
