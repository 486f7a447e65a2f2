from apps.bookings.views.actions import BookingActionView, BookingCancelView
from apps.bookings.views.alterations import AlterationView
from apps.bookings.views.arrivals import ArrivalView
from apps.bookings.views.bookings import (
    BookingCreateView,
    BookingDetailView,
    BookingListView,
    UserBookingListView,
)
from apps.bookings.views.cancellations import CancellationView
from apps.bookings.views.holds import HoldListView, HoldView
from apps.bookings.views.quotes import QuoteView

__all__ = [
    "AlterationView",
    "ArrivalView",
    "BookingActionView",
    "BookingCancelView",
    "BookingCreateView",
    "BookingDetailView",
    "BookingListView",
    "CancellationView",
    "HoldListView",
    "HoldView",
    "QuoteView",
    "UserBookingListView",
]
