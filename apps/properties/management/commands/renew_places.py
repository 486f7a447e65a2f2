"""Safe to run again, and while searches go on."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.common.clock import utc_now
from apps.properties.services import districts_renew, words_renew


class Command(BaseCommand):
    help = "Makes the districts and words anew that a search can name, from the listings."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{districts_renew(now=utc_now()):,} districts")
        self.stdout.write(f"{words_renew():,} words")
