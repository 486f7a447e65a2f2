"""The page of one listing."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bson import ObjectId
from django.http import HttpRequest

from airbnb.pages import api, destinations, structured
from airbnb.pages.head import SITE, Page, Photo, shortened
from apps.properties.selectors import listing_is_active

REVIEWS_PER_PAGE = 6
# The widths of uploaded photos, and how the gallery shows its first (`Gallery.tsx`).
WIDTHS = (320, 800, 1600)
LARGEST = "-1600.webp"
SIZES_ALONE = "(min-width: 1152px) 72rem, 100vw"
SIZES_AMONG = "(min-width: 1152px) 36rem, 100vw"
AMONG = 3
MISSING = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def page(request: HttpRequest, listing_id: str) -> Page:
    if not ObjectId.is_valid(listing_id):
        return _missing(HTTPStatus.NOT_FOUND)
    wanted = f"/api/properties/{listing_id}"
    answer = api.ask(request, wanted)
    if not answer.is_found:
        is_withdrawn = (
            answer.status == HTTPStatus.NOT_FOUND
            and listing_is_active(ObjectId(listing_id)) is False
        )
        return _missing(HTTPStatus.GONE if is_withdrawn else answer.status, answer.retry_after)
    listing: Mapping[str, Any] = api.data(answer)
    path, data = f"/listings/{listing['id']}", {wanted: answer.payload}
    reviews = api.address(f"{wanted}/reviews", page=1, per_page=REVIEWS_PER_PAGE)
    if (first := api.ask(request, reviews)).is_found:
        data[reviews] = first.payload
    city, country = listing["location"]["city"], listing["location"]["country"]
    in_city = (destinations.path_of(city, country), destinations.name_of(city, country))
    return Page(
        title=f"{listing['title']} · {SITE}",
        description=_description(listing),
        path=path,
        photo=_photo(listing["images"]),
        schema=(
            structured.rental(listing, path=path),
            structured.trail([("/", SITE), in_city, (path, str(listing["title"]))]),
        ),
        data=data,
        lines=(_facts(listing), str(listing["description"])),
        links=(("/", "More places to stay"),),
    )


def _missing(status: int, retry_after: str | None = None) -> Page:
    """410 for one that is withdrawn, for good or for now; 404 for one that never was."""
    return Page(
        title=f"Place not found · {SITE}" if status in MISSING else SITE,
        description="This place to stay cannot be shown.",
        status=status,
        retry_after=retry_after,
        links=(("/", "Other places to stay"),),
    )


def _facts(listing: Mapping[str, Any]) -> str:
    place, most = listing["location"], listing["capacity"]["max_guests"]
    where = ", ".join(name for name in (place["city"], place["state"], place["country"]) if name)
    guests = "1 guest" if most == 1 else f"{most} guests"
    return f"{str(listing['property_type']).capitalize()} in {where} for up to {guests}."


def _description(listing: Mapping[str, Any]) -> str:
    return shortened(f"{_facts(listing)} {listing['description']}")


def _photo(images: list[str]) -> Photo | None:
    if not images:
        return None
    first, sizes = images[0], SIZES_AMONG if len(images) >= AMONG else SIZES_ALONE
    if not first.endswith(LARGEST):
        return Photo(first, "", sizes)
    stem = first.removesuffix(LARGEST)
    widths = ", ".join(f"{stem}-{width}.webp {width}w" for width in WIDTHS)
    return Photo(first, widths, sizes)
