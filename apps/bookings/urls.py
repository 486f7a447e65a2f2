from django.urls import path

from apps.bookings import views
from apps.bookings.enums import Action, Actor

urlpatterns = [
    path("", views.BookingCreateView.as_view()),
    path("/quote", views.QuoteView.as_view()),
    path("/user/<str:user_id>", views.UserBookingListView.as_view()),
    path("/<str:booking_id>", views.BookingDetailView.as_view()),
    path(
        "/<str:booking_id>/cancel",
        views.BookingActionView.as_view(
            action=Action.CANCEL, actors=(Actor.GUEST, Actor.OWNER, Actor.STAFF)
        ),
    ),
]
