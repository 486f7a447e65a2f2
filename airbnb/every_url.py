"""The routes of all roles at once: what the API's description is generated from."""

from airbnb.urls import ROUTES, Route

urlpatterns: list[Route] = [route for routes in ROUTES.values() for route in routes()]
