"""One listing with all that is shown of it. What the reply and the stored row both name is copied:
a field that is added to `ListingDetailReply` and `ListingRow` needs nothing else here."""

import datetime as dt
from typing import Annotated, Any, Self, get_type_hints

from msgspec import Meta

from apps.common.money import to_wire
from apps.common.replies import Id, Instant, Money, Reply, choices
from apps.common.rows import fields_of
from apps.properties.enums import CancellationPolicy
from apps.properties.replies.cards import (
    CapacityReply,
    ListingCardReply,
    PlaceNameReply,
    RatingReply,
)
from apps.properties.rows import (
    LISTING_DEFAULTS,
    ListingRow,
    LocationRow,
    PointRow,
    SeasonRow,
    exact_of,
)


class AddressReply(PlaceNameReply, frozen=True, kw_only=True, gc=False):
    area: Annotated[str, Meta(description="The neighbourhood; empty where the host names none.")]
    address: Annotated[
        str,
        Meta(
            description="The street for those who may know it: the host, and guests of a confirmed "
            "stay. For everybody else the area or, without one, the city; their point is moved by "
            "up to 250 m, always the same way."
        ),
    ]

    @classmethod
    def of(cls, location: LocationRow) -> Self:
        """Makes what everybody sees."""
        area = location.get("area", "")
        return cls._at(location, location["coordinates"], address=area or location["city"])

    @classmethod
    def exact(cls, row: ListingRow) -> Self:
        """Makes what only those see who may know the place."""
        place = exact_of(row)
        return cls._at(row["location"], place["coordinates"], address=place["address"])

    @classmethod
    def _at(cls, location: LocationRow, point: PointRow, *, address: str) -> Self:
        return cls(
            area=location.get("area", ""),
            address=address,
            city=location["city"],
            state=location.get("state", ""),
            country=location["country"],
            coordinates={**point},
        )


class SeasonReply(Reply, frozen=True, kw_only=True, gc=False):
    name: str
    start: dt.date
    end: dt.date
    price_per_night: Money | None
    min_nights: int | None
    max_nights: int | None

    @classmethod
    def of(cls, season: SeasonRow) -> Self:
        return cls(
            name=season["name"],
            start=season["start"].date(),
            end=season["end"].date(),
            price_per_night=_amount(season["price_per_night"]),
            min_nights=season["min_nights"],
            max_nights=season["max_nights"],
        )


class HostReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    first_name: str
    since: Instant


class ListingDetailReply(ListingCardReply, frozen=True, kw_only=True, gc=False):
    location: AddressReply
    description: str
    amenities: list[str]
    min_nights: int
    max_nights: int
    check_in_time: str
    check_in_until: Annotated[str | None, Meta(description="Null: guests may arrive at any hour.")]
    check_out_time: str
    time_zone: str
    is_active: bool
    version: int
    images: list[str]
    cleaning_fee: Money
    weekend_price: Money | None
    seasons: list[SeasonReply]
    weekly_discount_percent: int
    monthly_discount_percent: int
    tax_per_person_night: Money
    tax_nights_cap: int | None
    lead_days: int
    window_days: int
    prep_nights: int
    check_in_days: list[int]
    check_out_days: list[int]
    instant_book: bool
    alteration_consent: bool
    cancellation_policy: Annotated[str, choices(CancellationPolicy)]
    host_id: Id
    host: HostReply | None

    @classmethod
    def of(cls, row: ListingRow, *, host: HostReply | None = None, **more: Any) -> Self:
        stored = {**LISTING_DEFAULTS, **row}
        images = stored["images"]
        copied: dict[str, Any] = {name: stored[name] for name in _COPIED}
        amounts: dict[str, Any] = {name: _amount(stored[name]) for name in _AMOUNTS}
        return cls(
            **copied,
            **amounts,
            id=row["_id"],
            location=cls._location(row),
            capacity=CapacityReply(**row["capacity"]),
            image=images[0] if images else None,
            rating=RatingReply(**row["rating"]),
            seasons=[SeasonReply.of(season) for season in stored["seasons"]],
            host=host,
            **more,
        )

    @classmethod
    def _location(cls, row: ListingRow) -> AddressReply:
        return AddressReply.of(row["location"])


class OwnedDetailReply(ListingDetailReply, frozen=True, kw_only=True, gc=False):
    """`location` is exact here."""

    is_suspended: bool
    public_location: Annotated[
        AddressReply, Meta(description="Where everybody else sees the listing.")
    ]
    arrival_instructions: str
    far_from_city_km: Annotated[
        int | None,
        Meta(description="Set where the point lies so far from its city that one must be wrong."),
    ]

    @classmethod
    def of(
        cls,
        row: ListingRow,
        *,
        host: HostReply | None = None,
        far_from_city_km: int | None = None,
        **more: Any,
    ) -> Self:
        return super().of(
            row,
            host=host,
            far_from_city_km=far_from_city_km,
            is_suspended=row.get("suspended_at") is not None,
            public_location=AddressReply.of(row["location"]),
            arrival_instructions=row.get("arrival_instructions", ""),
            **more,
        )

    @classmethod
    def _location(cls, row: ListingRow) -> AddressReply:
        return AddressReply.exact(row)


class PhotosReply(Reply, frozen=True, kw_only=True, gc=False):
    images: list[str]
    version: int

    @classmethod
    def of(cls, row: ListingRow) -> Self:
        return cls(images=row["images"], version=row["version"])


def _amount(minor: int | None) -> float | None:
    return None if minor is None else to_wire(minor)


_HINTS = get_type_hints(ListingDetailReply, include_extras=True)
_AMOUNTS = tuple(name for name, hint in _HINTS.items() if hint in (Money, Money | None))
_BUILT = {"location", "capacity", "rating", "seasons", *_AMOUNTS}
_COPIED = tuple(name for name in fields_of(ListingRow) if name in _HINTS and name not in _BUILT)
