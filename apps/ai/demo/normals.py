"""Climate normals of the demo cities. Those of origin `xander` are from the climate data collection
of Michael Xander (normals-LICENSE.txt); `own` ones are rounded by us from what is widely known."""

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from apps.ai.imports.climate import ATTRIBUTION, month_of, normal_row
from apps.ai.rows import ClimateNormalRow

TABLE = Path(__file__).with_name("normals.csv")
FIGURES = {name: name for name in ("high_c", "low_c", "rain_mm", "dry_days")}
CREDITS = {
    "xander": ATTRIBUTION,
    "own": "Approximate climate figures, rounded for the demo",
}


def demo_normals() -> Iterator[ClimateNormalRow]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for (city, country, origin), months in groupby(
        rows, key=lambda row: (row["city"], row["country"], row["origin"])
    ):
        figures = [month_of(row, FIGURES) for row in months]
        yield normal_row(city, country, figures, CREDITS[origin])
