from typing import Any

from django.core.management.base import BaseCommand

from apps.ai.demo.activities import SOURCE, demo_activities
from apps.ai.demo.normals import demo_normals
from apps.ai.imports.activities import activities_put
from apps.ai.imports.climate import normals_put


class Command(BaseCommand):
    help = "Adds made-up activities and climate normals for the demo cities. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        done = activities_put(SOURCE, list(demo_activities()))
        # Imported figures are better than the demo's.
        usual = normals_put(list(demo_normals()), replace=False)
        self.stdout.write(
            f"Activities: {done['created']} created, {done['updated']} updated, "
            f"{done['unchanged']} unchanged. Climate normals: {usual['created']} created."
        )
