"""What each person is told: the feed at once, e-mails through a table that a sweep sends from."""

from apps.notifications.services.emails import email_again, email_preview, email_request, stay_of
from apps.notifications.services.feed import (
    notification_deliver,
    notification_read,
    notification_read_all,
)
from apps.notifications.services.preferences import (
    email_stop,
    preferences_save,
    preferences_view,
    wish_of,
)
from apps.notifications.services.sweep import emails_sweep

__all__ = [
    "email_again",
    "email_preview",
    "email_request",
    "email_stop",
    "emails_sweep",
    "notification_deliver",
    "notification_read",
    "notification_read_all",
    "preferences_save",
    "preferences_view",
    "stay_of",
    "wish_of",
]
