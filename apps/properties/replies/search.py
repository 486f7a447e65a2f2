"""What a search answers beside its cards."""

from typing import Annotated

from msgspec import Meta

from apps.common.replies import UNSET, Money, Pagination, Reply, UnsetType
from apps.properties.replies.cards import FoundCardReply


class CountReply(Reply, frozen=True, kw_only=True, gc=False):
    value: str
    count: int


class PriceBarReply(Reply, frozen=True, kw_only=True, gc=False):
    least: Money
    most: Money
    count: int


class ClusterReply(Reply, frozen=True, kw_only=True, gc=False):
    center: Annotated[list[float], Meta(description="Longitude, then latitude.")]
    count: int


class FacetsReply(Reply, frozen=True, kw_only=True, gc=False):
    amenities: list[CountReply]
    property_types: list[CountReply]
    policies: list[CountReply]
    instant_book: int
    prices: Annotated[
        list[PriceBarReply],
        Meta(description="Of the stay, in a search with dates; else of a night."),
    ]
    currency: Annotated[str, Meta(description="That of `prices`.")]
    clusters: Annotated[
        list[ClusterReply], Meta(description="Homes of one square of the map, by their middle.")
    ]
    summed_capped: Annotated[bool, Meta(description="Whether some homes are left out.")]


class LoosenReply(Reply, frozen=True, kw_only=True, gc=False):
    filter: str
    found: int


class FoundCardPageReply(Reply, frozen=True, kw_only=True, gc=False):
    results: list[FoundCardReply]
    pagination: Pagination
    next_cursor: Annotated[
        str | None,
        Meta(description="Send it as `cursor` for the next page; null on the last one."),
    ]
    facets: Annotated[
        FacetsReply | UnsetType, Meta(description="Of all that was found, with `facets=true`.")
    ] = UNSET
    loosen: Annotated[
        list[LoosenReply] | UnsetType,
        Meta(
            description="Where little is found: filters, and how many homes there are without each."
        ),
    ] = UNSET
