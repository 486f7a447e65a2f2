"""Separates exact places from public ones in listings that an older version wrote. The migration
does the same: run it again after the last process of that version has ended."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.properties.management.progress import progress_for
from apps.properties.services import locations_hide


class Command(BaseCommand):
    help = "Gives a public point to listings that have only an exact one. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        with progress_for(self.stdout) as progress:
            done = locations_hide(lambda count: progress("listings", count, None))
        self.stdout.write(f"{done:,} listings got a public point.")
