from apps.notifications.views.feed import (
    NotificationListView,
    NotificationReadAllView,
    NotificationReadView,
)

__all__ = ["NotificationListView", "NotificationReadAllView", "NotificationReadView"]
