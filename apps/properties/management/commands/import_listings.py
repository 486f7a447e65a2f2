"""Inside Airbnb dumps by header name. Safe to run again: only what differs is written."""

import datetime as dt
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from pymongo.errors import PyMongoError

from apps.common.clock import utc_now
from apps.properties.imports.context import Context
from apps.properties.imports.dump import dump_open
from apps.properties.imports.errors import DumpError
from apps.properties.imports.report import Report
from apps.properties.imports.run import Options, dump_import
from apps.properties.management.progress import progress_for

PLACE = ("city", "state", "country", "currency", "time_zone")


class Command(BaseCommand):
    help = "Imports listings, blocked nights and reviews of an Inside Airbnb dump."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="listings.csv(.gz), or a folder that holds it")
        parser.add_argument("--calendar", type=Path, help="calendar.csv(.gz) from elsewhere")
        parser.add_argument("--reviews", type=Path, help="reviews.csv(.gz) from elsewhere")
        parser.add_argument(
            "--source", default="", help="name of the data set (inside-airbnb:CITY)"
        )
        for name in PLACE:
            option = f"--{name.replace('_', '-')}"
            parser.add_argument(option, help="default: of the known city nearest to the listings")
        parser.add_argument(
            "--keep-dates",
            action="store_true",
            help="leave the calendar where it is, instead of moving it by whole weeks to today",
        )
        parser.add_argument(
            "--vanished",
            choices=("auto", "withdraw", "keep"),
            default="auto",
            help="what becomes of stored listings of this source that the dump does not have; "
            "auto withdraws them, unless they are more than half",
        )
        parser.add_argument(
            "--older",
            action="store_true",
            help="import a dump that is older than one of its source that has been imported",
        )
        parser.add_argument(
            "--encoding", default="", help="of files that are neither UTF-8, UTF-16 nor cp1252"
        )
        parser.add_argument("--report", type=Path, help="file for the rows that cannot be used")

    def handle(self, *args: Any, **options: Any) -> None:
        started, now = time.monotonic(), utc_now()
        with Report(options["report"] or _report_path(now)) as report:
            try:
                context = self._import(options, now, report)
            except (DumpError, OSError, PyMongoError) as error:
                raise CommandError(self._stopped(error, report)) from error
        self._summarise(context, time.monotonic() - started)

    def _import(self, options: dict[str, Any], now: dt.datetime, report: Report) -> Context:
        files = {name: options[name] for name in ("calendar", "reviews", "encoding")}
        dump = dump_open(options["path"], **files)
        overrides = {name: options[name] for name in PLACE if options[name]}
        chosen = Options(
            now=now,
            overrides=overrides,
            source=options["source"],
            keep_dates=options["keep_dates"],
            vanished=options["vanished"],
            is_older_allowed=options["older"],
        )
        with progress_for(self.stdout) as progress:
            return dump_import(dump, options=chosen, report=report, progress=progress)

    def _stopped(self, error: Exception, report: Report) -> str:
        written = any(outcome in {"created", "updated"} for _, outcome in report.counts)
        if written:
            return f"{error} Finished batches stay; importing again carries on. {report.summary()}"
        return f"{error} Nothing was changed."

    def _summarise(self, context: Context, seconds: float) -> None:
        report, place = context.report, context.place
        for name, said in report.formats.items():
            if said:
                self.stdout.write(f"{name} was read as {said}")
        for note in report.noted():
            self.stdout.write(f"note: {note}")
        for line in report.shown:
            self.stdout.write(f"not used: {line}")
        if report.rejected:
            self.stdout.write(f"{report.rejected:,} rows could not be used: {report.path}")
        moved = f", nights moved by {context.shift} days" if context.shift else ""
        self.stdout.write(
            f"{context.source}: {place.city}, {place.country}, {place.currency}, "
            f"{place.time_zone}{moved}"
        )
        self.stdout.write(f"{report.summary()}; {seconds:.1f} s")


def _report_path(now: dt.datetime) -> Path:
    name = f"import-{now:%Y%m%d-%H%M%S}.jsonl"
    local = Path(settings.BASE_DIR) / ".local"
    folder = local / "reports" if local.is_dir() else Path(tempfile.gettempdir())
    return folder / name
