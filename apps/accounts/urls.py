"""What belongs to an account, whichever side its owner is on."""

from django.urls import path

from apps.accounts import views

urlpatterns = [
    path("sessions", views.SessionListView.as_view()),
]
