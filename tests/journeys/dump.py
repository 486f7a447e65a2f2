"""A part of a real dump: the journeys need a city full of homes, not each of its homes."""

import csv
import gzip
import sys
from collections.abc import Callable
from pathlib import Path

EACH = 4


def part_of(dump: Path, folder: Path) -> Path:
    """Writes every fourth listing of `dump` with its nights and reviews into `folder`; none can be
    booked at once, since the journeys want hosts who answer. What lies beside `dump`, such as
    sights, lies beside `folder` too."""
    folder.mkdir()
    for beside in dump.resolve().parent.iterdir():
        if beside.name != dump.name:
            (folder.parent / beside.name).symlink_to(beside)
    chosen: set[str] = set()

    def is_chosen(number: int, row: dict[str, str]) -> bool:
        row["instant_bookable"] = "f"
        if number % EACH == 0:
            chosen.add(row["id"])
        return number % EACH == 0

    _copy(dump, folder, "listings.csv.gz", is_chosen)
    for name in ("calendar.csv.gz", "reviews.csv.gz"):
        _copy(dump, folder, name, lambda _, row: row["listing_id"] in chosen)
    for plain in dump.glob("neighbourhoods.*"):
        (folder / plain.name).write_bytes(plain.read_bytes())
    return folder


def _copy(
    dump: Path, folder: Path, name: str, is_wanted: Callable[[int, dict[str, str]], bool]
) -> None:
    csv.field_size_limit(sys.maxsize)
    with (
        gzip.open(dump / name, "rt", encoding="utf-8", newline="") as source,
        gzip.open(folder / name, "wt", 1, encoding="utf-8", newline="") as target,
    ):
        rows = csv.DictReader(source)
        out = csv.DictWriter(target, rows.fieldnames or ())
        out.writeheader()
        out.writerows(row for number, row in enumerate(rows) if is_wanted(number, row))
