from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from apps.common.admin import NoDirectWritesAdmin
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.common.errors import InvalidInputError
from apps.common.markdown import rendered
from apps.texts.enums import Kind
from apps.texts.models import MOST, TextVersion
from apps.texts.services import text_publish


class TextTooLongError(InvalidInputError):
    sentence = "A page has at most {most} characters."
    field = "text"
    sample = {"most": f"{MOST:,}"}


def _publish(context: ActionContext) -> None:
    if len(context.text) > MOST:
        raise TextTooLongError(most=f"{MOST:,}")
    kind = Kind(str(context.id).partition(":")[0])
    text_publish(kind=kind, body=context.text, author_id=context.staff_id, now=context.now)


@admin.register(TextVersion)
class TextVersionAdmin(NoDirectWritesAdmin):
    """Versions are never changed: "Write the next version" begins with the text of one."""

    list_display = ("id", "kind", "version", "author_id", "created_at")
    list_filter = ("kind",)
    ordering = ("kind", "-version")
    search_fields = ("=id", "body")
    search_help_text = "Words of a text, or an id such as terms:1."
    fields = ("kind", "version", "shown", "body", "author_id", "created_at")
    readonly_fields = ("shown",)
    service_actions = (
        ServiceAction(
            name="publish",
            label="Write the next version",
            right="accounts.edit_texts",
            run=_publish,
            warning="Everybody sees the new text at once. It is Markdown. Guests agree to new "
            "terms at their next booking; earlier bookings keep the version they were made under.",
            text=lambda text: str(text.body),
        ),
    )

    @admin.display(description="as it is shown")
    def shown(self, text: TextVersion) -> str:
        html = mark_safe(rendered(text.body))  # noqa: S308 made safe
        return format_html("<div>{}</div>", html)
