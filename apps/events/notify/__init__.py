"""Asking for a notification: `requests` makes its event, `wording` is what it says."""

from apps.events.notify.requests import notify, notify_person
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
    "notify",
    "notify_person",
    "text_of",
    "text_shown",
]
