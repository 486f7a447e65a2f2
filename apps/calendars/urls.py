"""Below /api/owner/listings/<listing_id>/calendars."""

from django.urls import path

from apps.calendars import views

urlpatterns = [
    path("", views.ListingCalendarsView.as_view()),
    path("/address", views.CalendarAddressView.as_view()),
    path("/feeds", views.FeedListView.as_view()),
    path("/feeds/<str:feed_id>", views.FeedView.as_view()),
    path("/feeds/<str:feed_id>/fetch", views.FeedFetchView.as_view()),
    path("/feeds/<str:feed_id>/confirm", views.FeedConfirmView.as_view()),
]
