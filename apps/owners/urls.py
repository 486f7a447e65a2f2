from django.urls import path

from apps.accounts.enums import UserType
from apps.accounts.views import auth_urls, profile_urls
from apps.bookings.enums import Action, Actor
from apps.bookings.views import BookingActionView, BookingCancelView, BookingListView
from apps.common.permissions import IsOwner
from apps.owners.views import AnalyticsView, AvailabilityView
from apps.properties.views import OwnedListingListView, OwnedListingView, OwnedRankView

ACTIONS = {
    "accept": Action.ACCEPT,
    "decline": Action.DECLINE,
    "alteration/agree": Action.AGREE,
    "alteration/refuse": Action.REFUSE,
}

urlpatterns = [
    *auth_urls(UserType.OWNER),
    *profile_urls(IsOwner),
    path("listings", OwnedListingListView.as_view()),
    path("listings/<str:listing_id>", OwnedListingView.as_view()),
    path("listings/<str:listing_id>/rank", OwnedRankView.as_view()),
    path(
        "bookings",
        BookingListView.as_view(field="host_id", actor=Actor.OWNER, permission_classes=(IsOwner,)),
    ),
    path("analytics", AnalyticsView.as_view()),
    path("availability/<str:listing_id>", AvailabilityView.as_view()),
    path(
        "bookings/<str:booking_id>/cancel",
        BookingCancelView.as_view(actors=(Actor.OWNER,), permission_classes=(IsOwner,)),
    ),
    *(
        path(
            f"bookings/<str:booking_id>/{name}",
            BookingActionView.as_view(
                action=action, actors=(Actor.OWNER,), permission_classes=(IsOwner,)
            ),
        )
        for name, action in ACTIONS.items()
    ),
]
