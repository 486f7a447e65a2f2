"""A file as rows of text, whatever its compression, encoding, line ends and delimiter."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast

from apps.properties.imports.errors import DumpError

GZIP_MAGIC = b"\x1f\x8b"
BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError)
UTF_8, WINDOWS = "utf-8", "cp1252"
_LOST = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Format:
    """`newline` ends a row; `skipped` lines stand before the header; `is_suspect` is a file with
    bytes that may not be of its encoding."""

    encoding: str
    newline: str
    delimiter: str
    names: tuple[str, ...]
    skipped: int
    is_suspect: bool

    @property
    def said(self) -> str:
        """What is out of the ordinary, in words."""
        ends = "CR line ends" if self.newline == "\r" else ""
        delimiter = "" if self.delimiter == "," else f"{self.delimiter!r} between cells"
        encoding = "" if self.encoding == UTF_8 else self.encoding
        return ", ".join(filter(None, (encoding, delimiter, ends)))

    def flaw(self, cell: str) -> str:
        """Returns why the cell cannot be what was meant; empty where it can."""
        if cell.isascii():
            return ""
        if _LOST.search(cell):
            return f"which is not {self.encoding}"
        if self.encoding == WINDOWS and _is_utf8(cell):
            return f"which is {UTF_8} in a file of {WINDOWS}"
        return ""


def _is_utf8(cell: str) -> bool:
    try:
        cell.encode(WINDOWS).decode(UTF_8)
    except UnicodeError:
        return False
    return True


def opened(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        zipped = file.read(2) == GZIP_MAGIC
    return cast("BinaryIO", gzip.open(path) if zipped else path.open("rb"))


def lines_of(file: BinaryIO, form: Format) -> Iterator[str]:
    """A carriage return alone stands, unquoted, inside comments of files that end rows by line
    feeds: there it is a space, where the csv module would take it for the end of the row."""
    wide = form.encoding.startswith(("utf-16", "utf-32"))
    errors = "surrogatepass" if wide else "surrogateescape"
    lines = TextIOWrapper(file, encoding=form.encoding, errors=errors, newline=form.newline)
    if form.newline == "\r":
        yield from (line.replace("\r", "\n") for line in lines)
        return
    for line in lines:
        yield line.replace("\r\n", "\n").replace("\r", " ") if "\r" in line else line


def truncated(path: Path) -> DumpError:
    return DumpError(f"{path} is damaged or ends too early: download it again.")
