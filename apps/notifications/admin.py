from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.decorators import display

from apps.common.admin import NoDirectWritesAdmin, rows
from apps.common.admin_actions import ActionContext, ServiceAction
from apps.common.clock import utc_now
from apps.notifications.enums import EmailStatus
from apps.notifications.models import Email, NotificationPreference
from apps.notifications.services import email_again, email_preview
from apps.properties.enums import READ_EXACT_ADDRESS

STATES = {
    "pending": "warning",
    "sending": "info",
    "sent": "success",
    "failed": "danger",
    "skipped": "info",
}


def _again(context: ActionContext) -> None:
    email_again(context.id, now=context.now)


@admin.register(Email)
class EmailAdmin(NoDirectWritesAdmin):
    list_display = ("created_at", "kind", "person", "state", "attempts", "problem", "sent_at")
    list_filter = ("status", "kind")
    ordering = ("-created_at",)
    search_fields = ("=id", "=booking_id", "=user")
    search_help_text = "The id of an event, a booking or a user."
    fields = (
        ("id", "kind"),
        ("person", "address", "booking_id"),
        ("status", "attempts", "next_at"),
        "problem",
        "content",
        ("locale", "request_id", "traceparent"),
        ("created_at", "sent_at"),
    )
    service_actions = (
        ServiceAction(
            name="again",
            label="Send again",
            right="accounts.resend_email",
            run=_again,
            warning="These e-mails are sent with their old Message-ID: a mail server that already "
            "has one of them may discard it. People who switched them off get none.",
            offered=lambda email: email.status in {EmailStatus.FAILED, EmailStatus.SKIPPED},
        ),
    )

    @display(description="status", ordering="status", label=STATES)
    def state(self, email: Email) -> str:
        return email.status

    @admin.display(description="user")
    def person(self, email: Email) -> str:
        """The id: the user may be gone."""
        return str(email.user_id)

    def get_fields(self, request: HttpRequest, obj: Email | None = None) -> list[Any]:
        staff: Any = request.user
        shown = "content" if staff.has_perm(READ_EXACT_ADDRESS) else "content_without_address"
        return [shown if name == "content" else name for name in self.fields]

    @admin.display(description="what it says")
    def content(self, email: Email) -> str:
        return email_preview(email.pk, now=utc_now())

    @admin.display(description="what it says, without the address")
    def content_without_address(self, email: Email) -> str:
        return email_preview(email.pk, now=None)


@admin.register(NotificationPreference)
class NotificationPreferenceAdmin(NoDirectWritesAdmin):
    list_display = ("user", "email", "locale", "updated_at")
    list_filter = ("email", "locale")
    list_select_related = ("user",)
    ordering = ("-updated_at",)
    search_fields = ("=user",)
    search_help_text = "The id of a user."
    fields = ("user", "email", "locale", "chosen", "updated_at")

    @admin.display(description="channels")
    def chosen(self, preference: NotificationPreference) -> str:
        return rows(
            (kind, *(f"{channel}: {'on' if is_on else 'off'}" for channel, is_on in row.items()))
            for kind, row in preference.matrix.items()
        )
