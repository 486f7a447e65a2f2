from apps.notifications.views.feed import (
    NotificationListView,
    NotificationReadAllView,
    NotificationReadView,
)
from apps.notifications.views.preferences import NotificationPreferenceView, UnsubscribeView

__all__ = [
    "NotificationListView",
    "NotificationPreferenceView",
    "NotificationReadAllView",
    "NotificationReadView",
    "UnsubscribeView",
]
