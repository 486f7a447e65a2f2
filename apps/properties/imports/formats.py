"""Finds out how a file is written. One reading of all of it also shows whether it is whole, before
anything is stored."""

import codecs
import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from apps.properties.imports.errors import DumpError
from apps.properties.imports.reading import (
    BROKEN,
    UTF_8,
    WINDOWS,
    Format,
    opened,
    truncated,
)

MEGABYTE = 1 << 20
LONGEST_LINE = 16 * MEGABYTE
DELIMITERS = (",", ";", "\t", "|")
UTF_8_MARKED = "utf-8-sig"
# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
MARKS = (
    (codecs.BOM_UTF8, UTF_8_MARKED),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHERS = (
    (b"PK\x03\x04", "a zip archive or a spreadsheet: unpack it, or save it as CSV"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet: save it as CSV"),
    (b"\xfd7zXZ", "an xz archive: unpack it"),
    (b"BZh", "a bzip2 archive: unpack it"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file: save it as CSV"),
)
# With more broken bytes for one good sequence, a file is not UTF-8 with faults.
BROKEN_A_GOOD = 10
# Four letters with accents in a row are in no word of a language that Windows-1252 is for.
_FOREIGN = re.compile(rb"[\xc0-\xff]{4}")
_LOST = re.compile("[\udc80-\udcff]")
_LINE_END = re.compile(r"\r\n|\n|\r")
_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)


def format_of(path: Path, *, kind: str, required: tuple[str, ...], encoding: str = "") -> Format:
    """Raises `DumpError` unless the file can be read to its end and has the columns."""
    try:
        with opened(path) as file:
            head = file.read(MEGABYTE)
            _check_head(path, head, kind)
            found, doubt = _encoding(path, head, file, named=encoding)
    except BROKEN as error:
        raise truncated(path) from error
    except OSError as error:
        raise DumpError(f"{path} cannot be read: {error.strerror or error}.") from error
    form = _format(path, head, found, kind=kind, required=required, is_suspect=doubt.is_suspect)
    if doubt.is_foreign:
        raise DumpError(
            f"{path} is neither UTF-8 nor of Western Europe: name its encoding with --encoding."
        )
    return form


class _Doubt(NamedTuple):
    """Whether cells may be of another encoding, and whether all are."""

    is_suspect: bool = False
    is_foreign: bool = False


def _format(
    path: Path,
    head: bytes,
    found: str,
    *,
    kind: str,
    required: tuple[str, ...],
    is_suspect: bool,
) -> Format:
    text = codecs.getincrementaldecoder(found)("replace").decode(head)
    ended = _LINE_END.search(text)
    newline = "\r" if ended and ended[0] == "\r" else "\n"
    line, delimiter, skipped = _first_line(text.split(newline))
    names, delimiter = _named_by(line, delimiter, required)
    _check_names(path, names, kind, required)
    return Format(found, newline, delimiter, tuple(names), skipped, is_suspect)


def _check_head(path: Path, head: bytes, kind: str) -> None:
    if not head.strip():
        raise DumpError(f"{path} is empty.")
    for magic, what in OTHERS:
        if head.startswith(magic):
            raise DumpError(f"{path} is not a CSV file of {kind} but {what}.")


def _encoding(path: Path, head: bytes, file: BinaryIO, *, named: str) -> tuple[str, _Doubt]:
    """Reads on to the end of the file."""
    marked = next((name for mark, name in MARKS if head.startswith(mark)), "")
    known = marked or _wide(head) or _known(named)
    letters = _Letters()
    _read_on(path, head, file, letters.look)
    if known not in {"", UTF_8, UTF_8_MARKED}:
        return known, _Doubt(is_suspect=True)
    if known or not letters.is_windows:
        return known or UTF_8, _Doubt(is_suspect=letters.broken > 0)
    return WINDOWS, _Doubt(is_suspect=True, is_foreign=letters.is_foreign)


def _known(encoding: str) -> str:
    try:
        return encoding and codecs.lookup(encoding).name
    except LookupError:
        raise DumpError(f"{encoding!r} is not an encoding: use a name such as cp1251.") from None


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: every second byte of its first line is zero."""
    even, odd = head[:64:2], head[1:64:2]
    if odd and not any(odd) and all(even):
        return "utf-16-le"
    if odd and not any(even) and all(odd):
        return "utf-16-be"
    return ""


def _read_on(path: Path, head: bytes, file: BinaryIO, look: Callable[[bytes], None]) -> None:
    chunk, line = head, 0
    while chunk:
        look(chunk)
        ended = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        line = len(chunk) - ended - 1 if ended >= 0 else line + len(chunk)
        if line > LONGEST_LINE:
            raise DumpError(f"{path} has a line of more than {LONGEST_LINE // MEGABYTE} MB.")
        chunk = file.read(MEGABYTE)


class _Letters:
    """Counts what speaks for UTF-8, and what against it."""

    def __init__(self) -> None:
        self.good = self.broken = 0
        self.is_foreign = False
        self._decoder = codecs.getincrementaldecoder(UTF_8)("surrogateescape")

    def look(self, chunk: bytes) -> None:
        if chunk.isascii() and not self._decoder.getstate()[0]:
            return
        text = self._decoder.decode(chunk)
        broken = len(_LOST.findall(text))
        self.broken += broken
        self.good += len(text) - len(text.encode("ascii", "ignore")) - broken
        self.is_foreign = self.is_foreign or bool(_FOREIGN.search(chunk))

    @property
    def is_windows(self) -> bool:
        return self.broken > self.good * BROKEN_A_GOOD


def _first_line(lines: list[str]) -> tuple[str, str, int]:
    """Returns the header, the delimiter that a spreadsheet names before it, and how many lines
    stand before it."""
    delimiter = ""
    for skipped, line in enumerate(lines):
        separator = _SEPARATOR.fullmatch(line.strip("\r\n "))
        if line.strip() and not separator:
            return line.replace("\r", " "), delimiter, skipped
        delimiter = separator[1] if separator else delimiter
    return "", delimiter, 0


def _named_by(line: str, delimiter: str, required: tuple[str, ...]) -> tuple[list[str], str]:
    """Splits the header by the delimiter that finds most of the columns."""
    choices = [delimiter] if delimiter else DELIMITERS
    headers = {choice: _names(line, choice) for choice in choices}
    best = max(choices, key=lambda choice: len(set(required) & set(headers[choice])))
    return headers[best], best


def _names(line: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return ["_".join(cell.casefold().split()) for cell in cells]


def _check_names(path: Path, names: list[str], kind: str, required: tuple[str, ...]) -> None:
    missing = [name for name in required if name not in names]
    if len(missing) == len(required):
        raise DumpError(
            f"{path} is not a CSV file of {kind}: its first line names none of the "
            f"columns {', '.join(required)}."
        )
    if missing:
        raise DumpError(f"{path} lacks the columns {', '.join(missing)}.")
    twice = [name for name in dict.fromkeys(names) if name and names.count(name) > 1]
    if twice:
        raise DumpError(f"{path} has two columns {', '.join(twice)}.")
