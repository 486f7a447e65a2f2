"""Asking for a notification: `requests` makes its event, `wording` is what it says."""

from apps.events.notify.requests import notification_request, notify
from apps.events.notify.wording import (
    HOST,
    INSTANT,
    OWN,
    WORDING,
    NotificationText,
    text_of,
    text_shown,
)

__all__ = [
    "HOST",
    "INSTANT",
    "OWN",
    "WORDING",
    "NotificationText",
    "notification_request",
    "notify",
    "text_of",
    "text_shown",
]
