"""What belongs to an account, whichever side its owner is on."""

from django.urls import path

from apps.accounts import views

urlpatterns = [
    path("export", views.DataExportView.as_view()),
    path("export/file", views.DataExportFileView.as_view()),
    path("session", views.BrowserSessionView.as_view()),
    path("session/passkey", views.PasskeySessionView.as_view()),
    path("session/refresh", views.SessionRefreshView.as_view()),
    path("logout", views.LogOutView.as_view()),
    path("verify", views.VerifyView.as_view()),
    path("verify/resend", views.VerifyAgainView.as_view()),
    path("password", views.PasswordView.as_view()),
    path("password/forgot", views.ForgottenPasswordView.as_view()),
    path("password/reset", views.ResetPasswordView.as_view()),
    path("email", views.EmailView.as_view()),
    path("email/restore", views.RestoreAddressView.as_view()),
    path("passkeys", views.PasskeyListView.as_view()),
    path("passkeys/begin", views.PasskeyBeginView.as_view()),
    path("passkeys/challenge", views.PasskeyChallengeView.as_view()),
    path("passkeys/<str:passkey_id>", views.PasskeyView.as_view()),
    path("roles", views.RoleView.as_view()),
    path("sessions", views.SessionListView.as_view()),
    path("second-factor", views.SecondFactorView.as_view()),
    path("second-factor/begin", views.SecondFactorBeginView.as_view()),
    path("second-factor/confirm", views.SecondFactorConfirmView.as_view()),
    path("second-factor/off", views.SecondFactorOffView.as_view()),
    path("sessions/<str:session_id>", views.SessionView.as_view()),
]
