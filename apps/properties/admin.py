from collections.abc import Iterator
from typing import Any

from bson import ObjectId
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from apps.common.admin import NoDirectWritesAdmin
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.common.errors import ConflictError
from apps.common.money import money_text
from apps.properties.enums import READ_EXACT_ADDRESS
from apps.properties.models import (
    Listing,
    NamedPlace,
    NightClaim,
    Point,
    Review,
    SearchEntry,
    SearchWord,
)
from apps.properties.selectors import ListingNotShownError, staff_rank
from apps.properties.services import listing_restore, listing_suspend


class AlreadySuspendedError(ConflictError):
    sentence = "This listing is already suspended."


class NotSuspendedError(ConflictError):
    sentence = "This listing is not suspended."


def _suspend(context: ActionContext) -> None:
    if _is_suspended(context):
        raise AlreadySuspendedError
    listing_suspend(
        listing_id=context.id, now=context.now, reason=context.reason, staff_id=context.staff_id
    )


def _restore(context: ActionContext) -> None:
    if not _is_suspended(context):
        raise NotSuspendedError
    listing_restore(listing_id=context.id, now=context.now, staff_id=context.staff_id)


def _is_suspended(context: ActionContext) -> bool:
    """The services accept it twice; the audit log has it once."""
    return Listing.objects.filter(pk=context.id, suspended_at__isnull=False).exists()


# Shown in words of their own, or stored for search and moderation alone.
NOT_AS_STORED = frozenset(
    {
        *("id", "location", "capacity", "rating", "images", "price_per_night", "cleaning_fee"),
        *("currency", "place_names", "amenity_keys", "active_before"),
        *("exact", "arrival_instructions"),
    }
)
PRIVATE = ("exact_place", "arrival_instructions")


def _degrees(point: Point) -> str:
    """Latitude first, as maps take it."""
    lng, lat = point.coordinates
    return f"{lat}, {lng}"


@admin.register(Listing)
class ListingAdmin(NoDirectWritesAdmin):
    list_display = ("title", "city", "host", "property_type", "price", "is_active", "is_suspended")
    list_filter = (
        "is_active",
        "property_type",
        ("suspended_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("host",)
    ordering = ("-id",)
    search_fields = ("=id", "=host", "title", "^location__city", "=source_id")
    search_help_text = "A part of the title, how the city begins, the id of a listing or a host."
    fields = (
        "title",
        "host",
        ("is_active", "suspended_at", "deleted_at"),
        "place",
        ("property_type", "room"),
        ("price", "fee"),
        ("weekend_price", "seasons"),
        ("weekly_discount_percent", "monthly_discount_percent"),
        ("tax_per_person_night", "tax_nights_cap"),
        ("min_nights", "max_nights", "prep_nights"),
        ("lead_days", "window_days"),
        ("check_in_days", "check_out_days"),
        ("instant_book", "alteration_consent", "cancellation_policy"),
        ("check_in_time", "check_out_time", "time_zone"),
        "description",
        "amenities",
        "photos",
        "rank",
        ("source", "source_id"),
        ("version", "created_at", "updated_at"),
    )
    service_actions = (
        ServiceAction(
            name="suspend",
            label="Suspend",
            right="accounts.suspend_listing",
            run=_suspend,
            warning="These listings leave all lists and accept no bookings until they are "
            "restored. Requests that wait are declined. Stays ahead stay until you decide about "
            "them on the page of the suspension.",
            needs_reason=True,
            offered=lambda listing: listing.suspended_at is None,
        ),
        ServiceAction(
            name="restore",
            label="Restore",
            right="accounts.suspend_listing",
            run=_restore,
            warning="These listings are published again if their hosts had published them and are "
            "not suspended themselves.",
            offered=lambda listing: listing.suspended_at is not None,
        ),
    )

    def get_fields(self, request: HttpRequest, obj: Listing | None = None) -> list[Any]:
        """Appends the fields that the page does not place, so that a new one is shown, and what is
        private to those who may see it."""
        staff: Any = request.user
        private = PRIVATE if staff.has_perm(READ_EXACT_ADDRESS) else ()
        more = (name for name in self._stored() if name not in self._placed())
        return [*self.fields, *private, *more]

    def _stored(self) -> Iterator[str]:
        return (field.name for field in Listing._meta.concrete_fields)

    def _placed(self) -> frozenset[str]:
        rows = ((row,) if isinstance(row, str) else row for row in self.fields)
        return NOT_AS_STORED.union(*rows)

    @admin.display(description="price per night", ordering="price_per_night")
    def price(self, listing: Listing) -> str:
        return money_text(listing.price_per_night, listing.currency)

    @admin.display(description="cleaning fee")
    def fee(self, listing: Listing) -> str:
        return money_text(listing.cleaning_fee, listing.currency)

    @admin.display(description="city")
    def city(self, listing: Listing) -> str:
        return listing.location.city

    @admin.display(description="suspended", boolean=True)
    def is_suspended(self, listing: Listing) -> bool:
        return listing.suspended_at is not None

    @admin.display(description="public place")
    def place(self, listing: Listing) -> str:
        place = listing.location
        names = ", ".join(filter(None, (place.area, place.city, place.state, place.country)))
        return f"{names} ({_degrees(place.coordinates)})"

    @admin.display(description="exact place")
    def exact_place(self, listing: Listing) -> str:
        if listing.exact is None:
            return "-"
        return f"{listing.exact.address or '-'} ({_degrees(listing.exact.coordinates)})"

    @admin.display(description="room for")
    def room(self, listing: Listing) -> str:
        capacity = listing.capacity
        return f"{capacity.max_guests} guests, {capacity.bedrooms or 0} bedrooms"

    @admin.display(description="place in searches")
    def rank(self, listing: Listing) -> str:
        try:
            found = staff_rank(ObjectId(str(listing.pk)))
        except ListingNotShownError:
            return "No search finds it."
        parts = ((part.name, f"{part.points:g} of {part.most:g}") for part in found.parts)
        limit = f", at most {found.limit:g} without {found.limited_by}" if found.limited_by else ""
        return format_html(
            "{} of 100{}: place {} of {} in {}. {}",
            f"{found.score:g}",
            limit,
            found.place.position,
            found.place.listings,
            found.place.city,
            format_html_join(", ", "{} {}", parts),
        )

    @admin.display(description="cover photo")
    def photos(self, listing: Listing) -> str:
        if not listing.images:
            return "-"
        return format_html(
            '<img src="{}" alt="" width="320" loading="lazy"> {} in all',
            listing.images[0],
            len(listing.images),
        )


@admin.register(NightClaim)
class NightClaimAdmin(NoDirectWritesAdmin):
    list_display = ("id", "kind", "owner_id", "expires_at")
    list_filter = ("kind",)
    search_fields = ("^id", "=owner_id", "=listing")
    search_help_text = "The id of a listing or a booking, or <listing>:<night>."


@admin.register(Review)
class ReviewAdmin(NoDirectWritesAdmin):
    list_display = ("author", "listing", "date", "beginning")
    list_select_related = ("listing",)
    ordering = ("-id",)
    search_fields = ("=listing", "=id", "^author")
    search_help_text = "The id of a listing, or how the author's name begins."

    @admin.display(description="text")
    def beginning(self, review: Review) -> str:
        return review.text[:100]


@admin.register(SearchEntry)
class SearchEntryAdmin(NoDirectWritesAdmin):
    list_display = ("id", "title", "policy", "instant_book", "rank")
    list_filter = ("policy", "instant_book")
    ordering = ("-id",)
    search_fields = ("=id", "=host_id")
    search_help_text = "The id of a listing or a host."

    @admin.display(description="title")
    def title(self, entry: SearchEntry) -> str:
        return str(entry)


@admin.register(NamedPlace)
class NamedPlaceAdmin(NoDirectWritesAdmin):
    list_display = ("id", "kind", "name", "city", "country", "count")
    list_filter = ("kind",)
    ordering = ("id",)
    search_fields = ("=id", "=keys")
    search_help_text = "The id of a place or its name in lower case."


@admin.register(SearchWord)
class SearchWordAdmin(NoDirectWritesAdmin):
    list_display = ("id",)
    ordering = ("id",)
    search_fields = ("=id",)
    search_help_text = "A word as it is searched for."
