from apps.notifications.views.feed import (
    NotificationListView,
    NotificationReadAllView,
    NotificationReadView,
)
from apps.notifications.views.preferences import NotificationPreferenceView, UnsubscribeView
from apps.notifications.views.stream import NotificationStreamView

__all__ = [
    "NotificationListView",
    "NotificationPreferenceView",
    "NotificationReadAllView",
    "NotificationReadView",
    "NotificationStreamView",
    "UnsubscribeView",
]
