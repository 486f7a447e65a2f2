from typing import Any

from django.core.management.base import BaseCommand

from apps.common import indexes


class Command(BaseCommand):
    help = "Create the indexes that models and documents declare. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, made in sorted(indexes.ensure().items()):
            self.stdout.write(f"{name}: {', '.join(made)}")
