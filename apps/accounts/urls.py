"""What belongs to an account, whichever side its owner is on."""

from django.urls import path

from apps.accounts import views

urlpatterns = [
    path("export", views.DataExportView.as_view()),
    path("export/file", views.DataExportFileView.as_view()),
    path("session", views.BrowserSessionView.as_view()),
    path("session/refresh", views.SessionRefreshView.as_view()),
    path("logout", views.LogOutView.as_view()),
    path("sessions", views.SessionListView.as_view()),
    path("second-factor", views.SecondFactorView.as_view()),
    path("second-factor/begin", views.SecondFactorBeginView.as_view()),
    path("second-factor/confirm", views.SecondFactorConfirmView.as_view()),
    path("second-factor/off", views.SecondFactorOffView.as_view()),
    path("sessions/<str:session_id>", views.SessionView.as_view()),
]
