from django.apps import AppConfig


class TravelersConfig(AppConfig):
    name = "apps.travelers"
