from typing import Any

from django.core.management.base import BaseCommand

from apps.common.api_document import files


class Command(BaseCommand):
    help = "Writes docs/openapi.json and docs/postman_collection.json from the code."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for path, text in files().items():
            path.write_text(text)
            self.stdout.write(f"{path.parent.name}/{path.name}: {len(text):,} characters")
