"""What staff do in the admin, and what they read then."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry

from apps.notifications.services import email_request

MODELS = sorted(model._meta.label_lower for model in admin.site._registry)
EVENT_ID = "6f0c1111-0000-4000-8000-000000000001"


def email_write(guest, booking_id, now):
    email_request(
        event_id=EVENT_ID,
        user_id=guest.id,
        kind="booking_confirmed",
        title="Your stay is confirmed",
        body="A quiet flat.",
        note="",
        booking_id=str(booking_id),
        stay=None,
        locale="en",
        now=now,
    )


def urls(label: str) -> str:
    return f"/admin/{label.replace('.', '/')}/"


def act(desk, label, action, record, reason="", **more):
    """What the confirmation page sends."""
    body = {"action": action, "_selected_action": str(record), "confirmed": "yes", **more}
    return desk.post(urls(label), {**body, "reason": reason}, follow=True)


def said(reply) -> list[str]:
    return [str(message) for message in reply.context["messages"]]


def log() -> list[tuple[str, str]]:
    found = LogEntry.objects.order_by("id")
    return [(entry.object_id, entry.get_change_message()) for entry in found]
