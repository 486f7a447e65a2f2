from django.urls import path

from apps.messaging import views

urlpatterns = [
    path("threads", views.InboxView.as_view()),
    path("threads/<str:thread_id>", views.ThreadView.as_view()),
    path("threads/<str:thread_id>/messages", views.ThreadMessageView.as_view()),
    path("threads/<str:thread_id>/read", views.ThreadReadView.as_view()),
    path("threads/<str:thread_id>/archived", views.ThreadArchiveView.as_view()),
    path("threads/<str:thread_id>/blocked", views.ThreadBlockView.as_view()),
    path("threads/<str:thread_id>/reports", views.ThreadReportView.as_view()),
    path("search", views.MessageSearchView.as_view()),
    path("unread", views.UnreadView.as_view()),
    path("listings/<str:listing_id>", views.ListingHostView.as_view()),
    path("saved-replies", views.SavedReplyListView.as_view()),
    path("saved-replies/<str:reply_id>", views.SavedReplyView.as_view()),
]
