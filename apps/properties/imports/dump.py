"""The files of a dump: where they are, and their rows by header name."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from apps.properties.imports.errors import DumpError
from apps.properties.imports.formats import format_of
from apps.properties.imports.reading import BROKEN, Format, lines_of, opened, truncated
from apps.properties.imports.report import Report

LISTINGS = ("id", "name", "host_id", "latitude", "longitude", "room_type", "price")
CALENDAR = ("listing_id", "date", "available")
REVIEWS = ("listing_id", "id", "date", "reviewer_name", "comments")


@dataclass(frozen=True)
class Table:
    """One CSV file, plain or gzipped. `kind` is the word for its rows in the report."""

    path: Path
    kind: str
    required: tuple[str, ...]
    encoding: str = ""

    @cached_property
    def format(self) -> Format:
        """Reads the file to its end once. Raises `DumpError`."""
        return format_of(self.path, kind=self.kind, required=self.required, encoding=self.encoding)

    def rows(self, report: Report | None) -> Iterator[tuple[int, list[str]]]:
        """Line number and cells of every row that can be read; the others are rejected, unless a
        second reading reports them."""
        for line, cells, reason in self.readings():
            if not reason:
                yield line, cells
            elif report:
                self.reject(report, line, reason)

    def readings(self) -> Iterator[tuple[int, list[str], str]]:
        """Line number and cells of every row, and why it cannot be read. Raises `DumpError`."""
        form = self.format
        try:
            with opened(self.path) as file:
                yield from _rows(lines_of(file, form), form)
        except BROKEN as error:
            raise truncated(self.path) from error

    def records(self, report: Report | None) -> Iterator[tuple[int, dict[str, str]]]:
        names = self.format.names
        for line, cells in self.rows(report):
            yield line, dict(zip(names, cells, strict=True))

    def reject(self, report: Report, line: int, reason: str, *, rows: int = 1) -> None:
        report.reject(self.kind, file=self.path.name, line=line, reason=reason, rows=rows)


def _rows(lines: Iterator[str], form: Format) -> Iterator[tuple[int, list[str], str]]:
    """Line, cells, and why they cannot be used. An open quote ends at the module's field limit."""
    for _ in range(form.skipped):
        next(lines)
    reader = csv.reader(lines, delimiter=form.delimiter, strict=True)
    next(reader)
    line = form.skipped + reader.line_num + 1
    while True:
        reason = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, reason = [], _unreadable(error, line, form.skipped + reader.line_num)
        if cells:
            cells, reason = _checked(cells, form)
        if cells or reason:
            yield line, cells, reason
        line = form.skipped + reader.line_num + 1


def _unreadable(error: csv.Error, first: int, last: int) -> str:
    lines = f" (lines {first} to {last} are lost)" if last > first else ""
    return f"{error}{lines}"


def _checked(cells: list[str], form: Format) -> tuple[list[str], str]:
    width = len(form.names)
    if len(cells) != width:
        if any(cells[width:]) or len(cells) < width:
            return cells, f"{len(cells)} cells where the header has {width}"
        cells = cells[:width]
    if form.is_suspect:
        for name, cell in zip(form.names, cells, strict=True):
            if flaw := form.flaw(cell):
                return cells, f"{name} is {cell[:40]!r}, {flaw}"
    return cells, ""


@dataclass(frozen=True)
class Dump:
    listings: Table
    calendar: Table | None
    reviews: Table | None


def dump_open(
    path: Path, *, calendar: Path | None = None, reviews: Path | None = None, encoding: str = ""
) -> Dump:
    """`path` is a listings file or a folder with all three; raises `DumpError`."""
    if not path.exists():
        raise DumpError(f"There is no {path}.")
    listings = _in_folder(path, "listings") if path.is_dir() else path
    if listings is None:
        held = ", ".join(sorted(item.name for item in path.iterdir())[:5]) or "nothing"
        raise DumpError(f"{path} holds no listings.csv.gz or listings.csv. It holds {held}.")
    calendar = calendar or _in_folder(path, "calendar")
    reviews = reviews or _in_folder(path, "reviews")
    return Dump(
        Table(listings, "listings", LISTINGS, encoding),
        Table(calendar, "nights", CALENDAR, encoding) if calendar else None,
        Table(reviews, "reviews", REVIEWS, encoding) if reviews else None,
    )


def _in_folder(folder: Path, name: str) -> Path | None:
    names = (f"{name}.csv.gz", f"{name}.csv")
    return next((folder / file for file in names if (folder / file).is_file()), None)
