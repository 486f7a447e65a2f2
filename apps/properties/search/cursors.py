"""Says where a page ended, in a text that the next call sends back. What comes and goes meanwhile
moves nothing: the next page begins behind that home, wherever it stands by then."""

import base64
import datetime as dt
import json
from collections.abc import Sequence
from hashlib import blake2s
from typing import Any, NamedTuple

from bson import ObjectId

from apps.common.errors import InvalidInputError
from apps.common.exchange import Rates
from apps.properties.enums import SearchOrder
from apps.properties.search.criteria import Criteria

MARK_BYTES = 6


class CursorError(InvalidInputError):
    field = "cursor"
    sentence = "This is no cursor of this search. Begin again without it: filters or rates changed."


class Place(NamedTuple):
    """`values` are those of the order, of the last home of the page `number`."""

    number: int
    values: tuple[Any, ...]


def mark_of(criteria: Criteria, sort: SearchOrder, rates: Rates) -> str:
    """Tells searches apart: a cursor is good for its own, and while the rates are the same."""
    said = f"{criteria!r} {sort} {rates.day}".encode()
    return blake2s(said, digest_size=MARK_BYTES).hexdigest()


def written(place: Place, *, mark: str) -> str:
    text = json.dumps([mark, place.number, *map(_plain, place.values)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str, *, mark: str, fields: Sequence[str]) -> Place:
    """Raises `CursorError`."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        found, number, *values = json.loads(base64.urlsafe_b64decode(padded))
        if found != mark or not isinstance(number, int) or len(values) != len(fields):
            raise CursorError
        return Place(number, tuple(map(_stored, fields, values)))
    except (ValueError, TypeError, RecursionError) as error:
        raise CursorError from error


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, ObjectId) else value


def _stored(name: str, value: Any) -> Any:
    """Raises `ValueError` where it is no value of the field."""
    if name == "_id":
        if not (isinstance(value, str) and ObjectId.is_valid(value)):
            raise ValueError(name)
        return ObjectId(value)
    if name == "created_at":
        return dt.datetime.fromisoformat(value)
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
        raise ValueError(name)
    return value
