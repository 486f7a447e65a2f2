from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "apps.calendars"
