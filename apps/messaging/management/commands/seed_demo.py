import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.bookings.demo.seed import bookings_add
from apps.common.clock import utc_now
from apps.messaging.demo.seed import threads_add
from apps.properties.demo import people
from apps.properties.demo.seed import listings_add, people_add, pictures_write


class Command(BaseCommand):
    help = "Adds a made-up set of listings, people, reviews, bookings and messages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="even in production, with its public passwords"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION and not options["force"]:
            raise CommandError(
                "The demo accounts have a public password, so this does nothing in production. "
                "If you mean it, add --force."
            )
        started, now = time.monotonic(), utc_now()
        pictures = pictures_write()
        accounts = people_add(now)
        listings, reviews = listings_add(now)
        bookings = bookings_add(now)
        threads = threads_add(now)
        self._report(
            {
                "accounts": accounts,
                "listings": listings,
                "reviews": reviews,
                "bookings": bookings,
                "threads": threads,
                "pictures": pictures,
            },
            time.monotonic() - started,
        )

    def _report(self, added: dict[str, int], seconds: float) -> None:
        made = ", ".join(f"{count:,} {name}" for name, count in added.items() if count)
        sentence = f"Demo data added: {made}." if made else "The demo data is there already."
        self.stdout.write(f"{sentence} {seconds:.1f} s")
        self.stdout.write(
            f"Log in as {people.TRAVELER}, {people.OWNER} or {people.ADMIN}; "
            f"password {people.PASSWORD}"
        )
