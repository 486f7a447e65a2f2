from django.urls import path

from apps.accounts.enums import UserType
from apps.accounts.views import auth_urls
from apps.bookings.views import BookingListView
from apps.common.permissions import IsTraveler

urlpatterns = [
    *auth_urls(UserType.TRAVELER),
    path("bookings", BookingListView.as_view(permission_classes=(IsTraveler,))),
]
