"""What belongs to an account, whichever side its owner is on."""

from django.urls import path

from apps.accounts import views

urlpatterns = [
    path("sessions", views.SessionListView.as_view()),
    path("second-factor", views.SecondFactorView.as_view()),
    path("second-factor/begin", views.SecondFactorBeginView.as_view()),
    path("second-factor/confirm", views.SecondFactorConfirmView.as_view()),
    path("second-factor/off", views.SecondFactorOffView.as_view()),
]
