from django.urls import path

from apps.accounts.enums import UserType
from apps.accounts.views import auth_urls, profile_urls
from apps.bookings.views import BookingListView
from apps.common.permissions import IsTraveler
from apps.travelers import views

urlpatterns = [
    *auth_urls(UserType.TRAVELER),
    *profile_urls(IsTraveler),
    path("favorites", views.FavoriteListView.as_view()),
    path("favorites/<str:listing_id>", views.FavoriteView.as_view()),
    path("preferences", views.PreferenceView.as_view()),
    path("bookings", BookingListView.as_view(permission_classes=(IsTraveler,))),
]
