from typing import Any

from django.core.management.base import BaseCommand

from apps.events.schemas.documents import files


class Command(BaseCommand):
    help = "Writes docs/asyncapi.json and docs/events/ from the code."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for path, text in files().items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
            self.stdout.write(f"{path.parent.name}/{path.name}: {len(text):,} characters")
