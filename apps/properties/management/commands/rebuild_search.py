"""Makes every search entry what its listing and its claims say. Nothing waits for it: searches,
bookings and edits go on. Run it after an update that changes what an entry holds."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from bson import ObjectId
from django.core.management.base import BaseCommand, CommandError

from apps.properties.management.progress import progress_for
from apps.properties.rows import listings
from apps.properties.services.search_rebuild import FIRST, entries_check, entries_rebuild


def _listing_id(text: str) -> ObjectId:
    if not ObjectId.is_valid(text):
        raise ArgumentTypeError(f"{text!r} is not the id of a listing.")
    return ObjectId(text)


class Command(BaseCommand):
    help = "Make search entries what listings and claims say. Safe to run again, at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only name what differs; exits 1 if anything does"
        )
        parser.add_argument(
            "--after", type=_listing_id, default=FIRST, help="go on after this listing"
        )

    def handle(self, *args: Any, check: bool, after: ObjectId, **options: Any) -> None:
        done = differing = 0
        try:
            with progress_for(self.stdout) as progress:
                for batch in (entries_check if check else entries_rebuild)(after=after):
                    after, done = batch.last, done + batch.size
                    differing += len(batch.differing)
                    self._name(batch.differing)
                    progress("listings", done, listings.collection.estimated_document_count())
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. Go on with --after {after}.") from None
        self.stdout.write(f"{done:,} listings, {differing:,} search entries differed.")
        if check and differing:
            raise SystemExit(1)

    def _name(self, differing: dict[ObjectId, list[str]]) -> None:
        for key, names in differing.items():
            self.stdout.write(f"{key}  {', '.join(names)}")
