from typing import Any

from django.core.management.base import BaseCommand

from apps.ai.demo.activities import SOURCE, activities
from apps.ai.demo.normals import normals
from apps.ai.imports.activities import activities_put
from apps.ai.imports.climate import normals_put


class Command(BaseCommand):
    help = "Adds made-up activities and climate normals for the demo cities. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        done = activities_put(SOURCE, list(activities()))
        # What an import has brought is better than ours.
        usual = normals_put(list(normals()), replace=False)
        self.stdout.write(
            f"Activities: {done['created']} created, {done['updated']} updated, "
            f"{done['unchanged']} unchanged. Climate normals: {usual['created']} created."
        )
