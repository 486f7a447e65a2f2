from django.contrib import admin

from apps.common.admin import NoDirectWritesAdmin
from apps.common.money import money_text
from apps.properties.models import Listing, NightClaim


@admin.register(Listing)
class ListingAdmin(NoDirectWritesAdmin):
    editable = True
    list_display = ("title", "property_type", "price", "is_active")
    list_filter = ("is_active", "property_type")
    search_fields = ("title",)
    fields = ("title", "description", "is_active")

    @admin.display(description="price per night", ordering="price_per_night")
    def price(self, listing: Listing) -> str:
        return money_text(listing.price_per_night, listing.currency)


@admin.register(NightClaim)
class NightClaimAdmin(NoDirectWritesAdmin):
    list_display = ("id", "kind", "owner_id", "expires_at")
    list_filter = ("kind",)
    search_fields = ("id", "owner_id")
