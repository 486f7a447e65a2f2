from django.urls import path

from apps.notifications import views

urlpatterns = [
    path("", views.NotificationListView.as_view()),
    path("/preferences", views.NotificationPreferenceView.as_view()),
    path("/unsubscribe/<str:token>", views.UnsubscribeView.as_view()),
    path("/stream", views.NotificationStreamView.as_view()),
    path("/read-all", views.NotificationReadAllView.as_view()),
    path("/<str:notification_id>/read", views.NotificationReadView.as_view()),
]
