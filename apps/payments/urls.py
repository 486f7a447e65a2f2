from django.urls import path

from apps.payments import views

urlpatterns = [
    path("/methods", views.PaymentMethodsView.as_view()),
    path("/<str:payment_id>", views.PaymentView.as_view()),
    path("/<str:payment_id>/confirm", views.PaymentConfirmView.as_view()),
]
