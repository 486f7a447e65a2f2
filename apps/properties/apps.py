from django.apps import AppConfig


class PropertiesConfig(AppConfig):
    name = "apps.properties"

    def ready(self) -> None:
        from apps.properties.services.entries import follow_all

        follow_all()
