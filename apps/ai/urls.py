from django.urls import path

from apps.ai.views import public, trips

urlpatterns = [
    path("itinerary", trips.ItineraryCreateView.as_view()),
    path("itineraries", trips.ItineraryListView.as_view()),
    path("itineraries/<str:itinerary_id>", trips.ItineraryDetailView.as_view()),
    path("recommendations", trips.RecommendationListView.as_view()),
    path("activities", public.ActivityListView.as_view()),
    path("weather", public.WeatherView.as_view()),
    path("search", public.SmartSearchView.as_view()),
]
