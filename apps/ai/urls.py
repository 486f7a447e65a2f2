from django.urls import path

from apps.ai import views

urlpatterns = [
    path("itinerary", views.ItineraryCreateView.as_view()),
    path("itineraries", views.ItineraryListView.as_view()),
    path("itineraries/<str:itinerary_id>", views.ItineraryDetailView.as_view()),
    path("recommendations", views.RecommendationListView.as_view()),
    path("activities", views.ActivityListView.as_view()),
    path("weather", views.WeatherView.as_view()),
    path("search", views.SmartSearchView.as_view()),
]
