from apps.messaging.views.contact import ContactView
from apps.messaging.views.saved_replies import SavedReplyListView, SavedReplyView
from apps.messaging.views.threads import (
    InboxView,
    ListingHostView,
    MessageSearchView,
    ThreadArchiveView,
    ThreadBlockView,
    ThreadMessageView,
    ThreadReadView,
    ThreadReportView,
    ThreadView,
    UnreadView,
)

__all__ = [
    "ContactView",
    "InboxView",
    "ListingHostView",
    "MessageSearchView",
    "SavedReplyListView",
    "SavedReplyView",
    "ThreadArchiveView",
    "ThreadBlockView",
    "ThreadMessageView",
    "ThreadReadView",
    "ThreadReportView",
    "ThreadView",
    "UnreadView",
]
