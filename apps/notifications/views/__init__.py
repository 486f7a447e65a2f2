from apps.notifications.views.feed import (
    NotificationListView,
    NotificationReadAllView,
    NotificationReadView,
)
from apps.notifications.views.stream import NotificationStreamView

__all__ = [
    "NotificationListView",
    "NotificationReadAllView",
    "NotificationReadView",
    "NotificationStreamView",
]
