"""What each person is notified of: the feed at once, e-mails from a table that a timer sends."""

from apps.notifications.services.emails import (
    EmailNotResendableError,
    email_again,
    email_preview,
    email_request,
    stay_of,
)
from apps.notifications.services.feed import (
    NotificationUnknownError,
    notification_deliver,
    notification_read,
    notification_read_all,
    notifications_read_of_thread,
)
from apps.notifications.services.preferences import (
    PreferenceRejectedError,
    delivery_preference,
    email_stop,
    preferences_save,
    preferences_view,
)
from apps.notifications.services.sending import emails_send_due

__all__ = [
    "EmailNotResendableError",
    "NotificationUnknownError",
    "PreferenceRejectedError",
    "delivery_preference",
    "email_again",
    "email_preview",
    "email_request",
    "email_stop",
    "emails_send_due",
    "notification_deliver",
    "notification_read",
    "notification_read_all",
    "notifications_read_of_thread",
    "preferences_save",
    "preferences_view",
    "stay_of",
]
