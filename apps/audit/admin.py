from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html

from apps.audit.enums import Kind
from apps.audit.models import SecurityEvent, SecurityLogEntry
from apps.common.admin import NoDirectWritesAdmin, rows

MOST_COUNTED = 10_000


class BoundedPaginator(Paginator):
    """Counts at most so many: the log grows for ever, and nobody turns two hundred pages."""

    @cached_property
    def count(self) -> int:
        found: Any = self.object_list
        return len(found.order_by().values_list("pk", flat=True)[:MOST_COUNTED])


class KindFilter(admin.SimpleListFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return Kind.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(kind=self.value()) if self.value() else None


class _EventAdmin(NoDirectWritesAdmin):
    paginator = BoundedPaginator
    list_filter: Any = (KindFilter, ("at", admin.DateFieldListFilter))
    ordering = ("-id",)
    search_help_text = "The id of a user or a request, or how an address begins."
    search_fields = ("=user_id", "=actor_id", "=request_id", "^address")

    @admin.display(description="kind", ordering="kind")
    def what(self, event: Any) -> str:
        return str(event.label)

    @admin.display(description="details")
    def said(self, event: Any) -> str:
        return " · ".join(f"{name}: {value}" for name, value in event.details.items()) or "-"

    @admin.display(description="details")
    def detail_rows(self, event: Any) -> str:
        return rows(sorted(event.details.items()))


@admin.register(SecurityLogEntry)
class SecurityLogEntryAdmin(_EventAdmin):
    list_display = ("id", "at", "what", "user_id", "actor_id", "address", "said")
    fields = (
        ("id", "at", "what"),
        ("user_id", "actor_id"),
        ("address", "request_id"),
        "detail_rows",
        "hashes",
    )

    @admin.display(description="chain")
    def hashes(self, entry: SecurityLogEntry) -> str:
        text = '<span class="break-all">{}</span><br>after<br><span class="break-all">{}</span>'
        return format_html(text, entry.hash, entry.previous)


@admin.register(SecurityEvent)
class SecurityEventAdmin(_EventAdmin):
    list_display = ("at", "what", "user_id", "actor_id", "address", "said")
    fields = (("at", "what"), ("user_id", "actor_id"), ("address", "request_id"), "detail_rows")
