"""The files of a dump: where they are, whether they are whole, and their rows by header name."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from apps.properties.imports.errors import DumpError
from apps.properties.imports.report import Report

GZIP_MAGIC = b"\x1f\x8b"
MEGABYTE = 1 << 20
BROKEN = (EOFError, gzip.BadGzipFile, zlib.error)
LISTINGS = ("id", "name", "host_id", "latitude", "longitude", "room_type", "price")
CALENDAR = ("listing_id", "date", "available")
REVIEWS = ("listing_id", "id", "date", "reviewer_name", "comments")


@dataclass(frozen=True)
class Table:
    """One CSV file, plain or gzipped. `kind` is the word for its rows in the report."""

    path: Path
    kind: str
    required: tuple[str, ...]

    def check(self) -> None:
        """Raises `DumpError` unless the file can be read to its end and has the columns."""
        self.header()
        try:
            with self._open() as file:
                while file.read(MEGABYTE):
                    pass
        except BROKEN as error:
            raise _truncated(self.path) from error

    def header(self) -> list[str]:
        """Raises `DumpError`."""
        try:
            with self._open() as file:
                return self._header(file.read(MEGABYTE))
        except BROKEN as error:
            raise _truncated(self.path) from error
        except OSError as error:
            raise DumpError(f"{self.path} cannot be read: {error.strerror}.") from error

    def rows(self, report: Report | None) -> Iterator[tuple[int, list[str]]]:
        """Line number and cells of every row that has as many cells as the header; the others
        are rejected, unless a second reading reports them."""
        try:
            with self._open() as file:
                for line, cells, reason in _rows(file):
                    if not reason:
                        yield line, cells
                    elif report:
                        self.reject(report, line, reason)
        except BROKEN as error:
            raise _truncated(self.path) from error

    def records(self, report: Report | None) -> Iterator[tuple[int, dict[str, str]]]:
        header = self.header()
        for line, cells in self.rows(report):
            yield line, dict(zip(header, cells, strict=True))

    def reject(self, report: Report, line: int, reason: str, *, rows: int = 1) -> None:
        report.reject(self.kind, file=self.path.name, line=line, reason=reason, rows=rows)

    def _open(self) -> BinaryIO:
        with self.path.open("rb") as file:
            zipped = file.read(2) == GZIP_MAGIC
        return cast("BinaryIO", gzip.open(self.path) if zipped else self.path.open("rb"))

    def _header(self, head: bytes) -> list[str]:
        if not head.strip():
            raise DumpError(f"{self.path} is empty.")
        first = head.partition(b"\n")[0].decode("utf-8-sig", "replace")
        names = _names(first)
        missing = [name for name in self.required if name not in names]
        if b"\0" in head or len(missing) == len(self.required):
            raise DumpError(
                f"{self.path} is not a CSV file of {self.kind}: its first line names none of the "
                f"columns {', '.join(self.required)}."
            )
        if missing:
            raise DumpError(f"{self.path} lacks the columns {', '.join(missing)}.")
        return names


def _names(line: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line.replace("\r", " ")]), [])]
    except csv.Error:
        return []


def _rows(file: BinaryIO) -> Iterator[tuple[int, list[str], str]]:
    """Line, cells, and why they cannot be used. An open quote ends at the module's field limit."""
    reader = csv.reader(_lines(file))
    width = len(next(reader))
    line = reader.line_num + 1
    while True:
        reason = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, reason = [], str(error)
        if cells and len(cells) != width:
            reason = f"{len(cells)} cells where the header has {width}"
        if cells or reason:
            yield line, cells, reason
        line = reader.line_num + 1


def _lines(file: BinaryIO) -> Iterator[str]:
    """Rows end with a line feed. A carriage return alone stands, unquoted, inside comments, where
    the csv module would take it for the end of the row."""
    for raw in file:
        line = raw.decode("utf-8", "replace")
        yield line.replace("\r\n", "\n").replace("\r", " ") if "\r" in line else line


def _truncated(path: Path) -> DumpError:
    return DumpError(f"{path} is damaged or ends too early: download it again.")


@dataclass(frozen=True)
class Dump:
    listings: Table
    calendar: Table | None
    reviews: Table | None


def dump_open(path: Path, *, calendar: Path | None = None, reviews: Path | None = None) -> Dump:
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
        Table(listings, "listings", LISTINGS),
        Table(calendar, "nights", CALENDAR) if calendar else None,
        Table(reviews, "reviews", REVIEWS) if reviews else None,
    )


def _in_folder(folder: Path, name: str) -> Path | None:
    names = (f"{name}.csv.gz", f"{name}.csv")
    return next((folder / file for file in names if (folder / file).is_file()), None)
