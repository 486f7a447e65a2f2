import datetime as dt
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common.clock import utc_now
from apps.properties.load.listings import Load
from apps.properties.load.seed import NotForLoadError, load_add
from apps.properties.management.progress import progress_for


class Command(BaseCommand):
    help = (
        "Fills an empty database with made-up listings for a load: skewed over cities, 30 %% of "
        "the next 200 nights taken. The same options give the same data; run again, it goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--listings", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--first-night", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="default: today"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started, now = time.monotonic(), utc_now()
        if options["listings"] < 1:
            raise CommandError("--listings must be 1 or more.")
        load = Load(options["seed"], options["first_night"] or now.date())
        try:
            with progress_for(self.stdout) as progress:
                added = load_add(load, count=options["listings"], now=now, progress=progress)
        except NotForLoadError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Load data added: {added.listings:,} listings, {added.claims:,} taken nights, from "
            f"{load.first} on; {time.monotonic() - started:.1f} s"
        )
