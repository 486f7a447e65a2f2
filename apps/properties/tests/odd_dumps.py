"""Dumps as people really have them, in bytes, and what an import makes of them before it writes."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apps.properties.imports.context import Context
from apps.properties.imports.dump import dump_open
from apps.properties.imports.errors import DumpError
from apps.properties.imports.report import Report
from apps.properties.imports.run import Options, dump_prepare
from apps.properties.imports.stages import listings_mapped, reviews_mapped

NOW = dt.datetime(2024, 1, 10, 12, tzinfo=dt.UTC)
FIELDS = {
    "id": "7",
    "name": "Flat",
    "host_id": "5",
    "host_name": "Ana",
    "latitude": "1.3",
    "longitude": "103.8",
    "room_type": "Entire home/apt",
    "property_type": "Entire rental unit",
    "price": "$100.00",
    "accommodates": "2",
    "description": "A quiet flat",
    "amenities": '["Wifi"]',
    "minimum_nights": "1",
    "maximum_nights": "30",
    "neighbourhood_cleansed": "Kallang",
}
NIGHT = {"listing_id": "7", "date": "2024-02-01", "available": "f", "price": "$100.00"}
REVIEW = {
    "listing_id": "7",
    "id": "70",
    "date": "2023-05-06",
    "reviewer_name": "Bo",
    "comments": "Fine",
}


@dataclass
class Outcome:
    """Of each listing what would be stored, and why rows or the dump cannot be used."""

    listings: dict[str, dict[str, Any]] = field(default_factory=dict)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    error: str = ""
    context: Context | None = None


def cell(value: str, delimiter: str = ",") -> str:
    if any(mark in value for mark in ('"', "\n", "\r", delimiter)):
        return f'"{value.replace(chr(34), chr(34) * 2)}"'
    return value


def table(
    *rows: dict[str, str], base: dict[str, str] = FIELDS, delimiter: str = ",", end: str = "\n"
) -> str:
    """A header and the rows, each being `base` with what it changes."""
    whole = [{**base, **row} for row in rows]
    lines = [list(whole[0]), *(list(row.values()) for row in whole)]
    return "".join(delimiter.join(cell(value, delimiter) for value in line) + end for line in lines)


def read(
    folder: Path,
    listings: str | bytes,
    *,
    calendar: str | bytes = b"",
    reviews: str | bytes = b"",
    encoding: str = "",
) -> Outcome:
    """Reads and maps, without the database."""
    for name, data in (("listings", listings), ("calendar", calendar), ("reviews", reviews)):
        if data:
            content = data.encode() if isinstance(data, str) else data
            (folder / f"{name}.csv").write_bytes(content)
    outcome = Outcome()
    with Report(folder / "report.jsonl") as report:
        try:
            outcome.context = _mapped(folder, encoding, report, outcome)
        except DumpError as error:
            outcome.error = str(error).replace(f"{folder}/", "")
    outcome.rejected, outcome.notes = report.shown, report.noted()
    return outcome


def _mapped(folder: Path, encoding: str, report: Report, outcome: Outcome) -> Context:
    dump = dump_open(folder, encoding=encoding)
    context = dump_prepare(
        dump,
        options=Options(now=NOW, keep_dates=True),
        report=report,
        progress=lambda _kind, _done, _total: None,
    )
    for item in listings_mapped(dump.listings, context):
        outcome.listings[item.source_id] = dict(item.listing) | {"host": item.host}
        context.accepted[item.source_id] = item.listing["_id"]
    if dump.reviews:
        outcome.reviews = [dict(row) for row in reviews_mapped(dump.reviews, context)]
    return context
