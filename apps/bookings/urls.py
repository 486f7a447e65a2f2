from django.urls import include, path

from apps.bookings import views
from apps.bookings.enums import Action

urlpatterns = [
    path("", views.BookingCreateView.as_view()),
    path("/quote", views.QuoteView.as_view()),
    path("/holds", views.HoldListView.as_view()),
    path("/holds/<str:hold_id>", views.HoldView.as_view()),
    path("/payments", include("apps.payments.urls")),
    path("/user/<str:user_id>", views.UserBookingListView.as_view()),
    path("/<str:booking_id>", views.BookingDetailView.as_view()),
    path("/<str:booking_id>/cancel", views.BookingCancelView.as_view()),
    path("/<str:booking_id>/cancellation", views.CancellationView.as_view()),
    path("/<str:booking_id>/arrival", views.ArrivalView.as_view()),
    path("/<str:booking_id>/alter", views.AlterationView.as_view()),
    path(
        "/<str:booking_id>/alter/withdraw",
        views.BookingActionView.as_view(action=Action.WITHDRAW),
    ),
]
