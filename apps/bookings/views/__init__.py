from apps.bookings.views.alterations import AlterationView
from apps.bookings.views.bookings import (
    BookingActionView,
    BookingCancelView,
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
    "BookingActionView",
    "BookingCancelView",
    "BookingCreateView",
    "BookingDetailView",
    "BookingListView",
    "CancellationView",
    "HoldListView",
    "HoldView",
    "PaymentView",
    "QuoteView",
    "UserBookingListView",
]
