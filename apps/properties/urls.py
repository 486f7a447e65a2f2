from django.urls import path

from apps.properties import views

urlpatterns = [
    path("", views.ListingListView.as_view()),
    path("/search", views.ListingSearchView.as_view()),
    path("/places", views.PlaceListView.as_view()),
    path("/staff", views.StaffListingListView.as_view()),
    path("/staff/<str:listing_id>/rank", views.StaffRankView.as_view()),
    path("/amenities", views.AmenityListView.as_view()),
    path("/<str:listing_id>", views.ListingDetailView.as_view()),
    path("/<str:listing_id>/images", views.PhotoView.as_view()),
    path("/<str:listing_id>/calendar", views.CalendarView.as_view()),
    path("/<str:listing_id>/similar", views.SimilarListView.as_view()),
    path("/<str:listing_id>/reviews", views.ReviewListView.as_view()),
]
