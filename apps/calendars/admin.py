import datetime as dt

from django.contrib import admin

from apps.calendars.models import CalendarExport, CalendarFeed
from apps.common.admin import NoDirectWritesAdmin, one_line, rows


@admin.register(CalendarFeed)
class CalendarFeedAdmin(NoDirectWritesAdmin):
    """Without its address, which is a secret of the other site."""

    list_display = ("name", "site", "listing", "state", "succeeded_at", "failures")
    list_filter = ("state", "is_overlapping")
    list_select_related = ("listing", "host")
    ordering = ("due_at",)
    search_fields = ("=id", "=listing", "=host", "^site")
    search_help_text = "The id of a feed, a listing or a host, or the beginning of a site's name."
    fields = (
        ("name", "site", "state"),
        ("listing", "host"),
        ("fetched_at", "succeeded_at", "due_at", "failures"),
        ("added", "moved", "removed", "is_overlapping"),
        "problems",
        "nights",
        "held_at",
    )

    @admin.display(description="problems")
    def problems(self, feed: CalendarFeed) -> str:
        return rows((f"Line {one.line}" if one.line else "", one.text) for one in feed.report)

    @admin.display(description="nights")
    def nights(self, feed: CalendarFeed) -> str:
        held = frozenset(feed.vanished)
        return rows(
            (_stay(one.start, one.end), one.kind, "vanished, kept" if one.key in held else "")
            for one in feed.events
        )


@admin.register(CalendarExport)
class CalendarExportAdmin(NoDirectWritesAdmin):
    """Without the secret."""

    list_display = ("id", "host", "created_at", "changed_at")
    list_select_related = ("host",)
    ordering = ("-created_at",)
    search_fields = ("=id", "=host")
    search_help_text = "The id of a listing or a host."
    fields = (("id", "host"), ("created_at", "changed_at"))


def _stay(start: dt.date, end: dt.date) -> str:
    return one_line(f"{start} to {end}")
