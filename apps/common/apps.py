from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CommonConfig(AppConfig):
    name = "apps.common"

    def ready(self) -> None:
        from apps.common import checks, documents, mongo_metrics  # noqa: F401

        mongo_metrics.register()
        documents.register()
        autodiscover_modules("documents")
