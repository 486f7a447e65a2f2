"""Monthly climate figures of cities. Safe to run again: only what differs is written."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.ai.imports.climate import climate_import
from apps.ai.imports.errors import ImportFileError
from apps.ai.imports.report_path import report_path
from apps.common.clock import utc_now
from apps.properties.imports.report import Report


class Command(BaseCommand):
    help = "Imports what weather is usual in a city, for days that no forecast covers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="climate.json")
        parser.add_argument("--report", type=Path, help="file for what cannot be used")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        with Report(options["report"] or report_path("climate", utc_now())) as report:
            try:
                climate_import(options["file"], report=report)
            except ImportFileError as error:
                raise CommandError(f"{error} Nothing was changed.") from error
        for line in report.shown:
            self.stdout.write(f"not used: {line}")
        self.stdout.write(f"{report.summary()}; {time.monotonic() - started:.1f} s")
