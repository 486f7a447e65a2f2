from django.contrib import admin

from apps.common.admin import NoDirectWritesAdmin
from apps.travelers.models import Favorite


@admin.register(Favorite)
class FavoriteAdmin(NoDirectWritesAdmin):
    list_display = ("user", "listing", "created_at")
    list_select_related = ("user", "listing")
    ordering = ("-created_at",)
    search_fields = ("=user", "=listing")
    search_help_text = "The id of a user or a listing."
