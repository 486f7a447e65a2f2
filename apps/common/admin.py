"""What all pages of the admin share: records that only services write, and a literal search."""

from collections.abc import Iterable, Sequence
from typing import Any

from bson import ObjectId
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from apps.common.admin_actions import ServiceActionsMixin
from apps.common.forms import CheckedTextsMixin

MAX_TERM = 100


class LiteralSearchMixin(CheckedTextsMixin):
    """`search_fields`: `=name` finds the whole value, `^name` its beginning, `name` any part."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        term = search_term.strip()[:MAX_TERM]
        if not term:
            return queryset, False
        found = Q(pk__in=[])
        for field in self.get_search_fields(request):
            found |= self._search(field, term)
        return queryset.filter(found), False

    def _search(self, field: str, term: str) -> Q:
        """Terms with a regex in them are escaped by the backend for these look-ups, not for
        `iexact`, which is why none of Django's own prefixes is used."""
        name = field.lstrip("=^")
        if self._is_object_id(name):
            return Q(**{name: ObjectId(term)}) if ObjectId.is_valid(term) else Q(pk__in=[])
        lookup = {"=": "exact", "^": "startswith"}.get(field[0], "icontains")
        spellings = {term, term.casefold()} if lookup != "icontains" else {term}
        return Q.create([(f"{name}__{lookup}", text) for text in spellings], connector=Q.OR)

    def _is_object_id(self, name: str) -> bool:
        field: Any = (
            self.opts.pk if name == "pk" else self.opts.get_field(name.split("__", maxsplit=1)[0])
        )
        target = field.target_field if field.is_relation else field
        return target.get_internal_type() in {"ObjectIdField", "ObjectIdAutoField"}


class NoDirectWritesAdmin(LiteralSearchMixin, ServiceActionsMixin):
    """Shows records that only services write; with `editable` its fields can be edited."""

    editable = False
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.editable and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def rows(of: Iterable[Sequence[object]]) -> str:
    """Makes a small table of texts for a detail page."""
    cells = (
        (format_html_join("", '<td class="pr-6 py-1 align-top">{}</td>', ((c,) for c in row)),)
        for row in of
    )
    table = format_html_join("", "<tr>{}</tr>", cells)
    return format_html("<table>{}</table>", table) if table else "-"


def one_line(text: str) -> str:
    return format_html('<span class="whitespace-nowrap">{}</span>', text)


@admin.register(LogEntry)
class LogEntryAdmin(NoDirectWritesAdmin):
    list_display = ("action_time", "user", "content_type", "object_repr", "message")
    list_filter = ("action_flag", "content_type")
    list_select_related = ("user", "content_type")
    search_fields = ("=object_id", "^object_repr")
    search_help_text = "The id of a record, or the beginning of its name."

    @admin.display(description="what")
    def message(self, entry: LogEntry) -> str:
        return entry.get_change_message()
