"""The amenities of one row: JSON, `{TV,"Cable TV"}` of dumps before 2021, or a list as Python
prints it."""

import ast
import csv
import html
import json
from collections.abc import Callable
from functools import lru_cache

from apps.common.characters import cleaned
from apps.properties.imports import values
from apps.properties.imports.errors import RowError
from apps.properties.imports.values import Row
from apps.properties.vocabulary import amenity_repaired

LONGEST = 200
MOST = 500
KEPT = 10_000


def amenities(row: Row, *, dropped: Callable[[str], None] = lambda _name: None) -> list[str]:
    """Each once. Names that say nothing or are too long go to `dropped`. Raises `RowError`."""
    found = _listed(values.prose(row, "amenities"))
    if len(found) > MOST:
        raise RowError(f"amenities has {len(found)} names, more than {MOST}")
    names: dict[str, None] = {}
    for written in found:
        name = _name(written)
        if name is None or len(name) > LONGEST:
            dropped(written[:LONGEST])
        elif name:
            names[name] = None
    return list(names)


@lru_cache(maxsize=KEPT)
def _name(written: str) -> str | None:
    return amenity_repaired(cleaned(" ".join(html.unescape(written).split())))


def _listed(value: str) -> list[str]:
    if value.startswith("{") and value.endswith("}"):
        found: object = next(csv.reader([value[1:-1].replace("\n", " ")]), [])
    else:
        found = _parsed(value or "[]")
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise RowError(f"amenities is {value[:40]!r}, not a list of names")
    return found


def _parsed(value: str) -> object:
    for read in (json.loads, ast.literal_eval):
        try:
            return read(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    raise RowError(f"amenities is {value[:40]!r}, not a list as JSON")
