"""The shape of what the model reads in a sentence, and its check against what exists."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel

from apps.ai.planner.port import Filters, Interpretation, PlannerError, Vocabulary
from apps.ai.replies.search import UnderstoodReply
from apps.common.money import from_wire, to_wire
from apps.properties.enums import PropertyType

LONGEST, AHEAD, MOST_GUESTS, MOST_PRICE = 365, 730, 50, 999_999


class Part(BaseModel, extra="forbid"):
    text: str
    field: Literal[
        "location",
        "check_in",
        "check_out",
        "guests",
        "min_price",
        "max_price",
        "property_type",
        "amenities",
    ]
    value: str


class Reading(BaseModel, extra="forbid"):
    understood: list[Part]
    ignored: list[str]


def reading_checked(
    reading: Reading, *, query: str, vocabulary: Vocabulary, today: dt.date
) -> Interpretation:
    """Raises `PlannerError` for a text that is not in the query or a value that cannot be."""
    parts = [part for part in reading.understood if part.value.strip()]
    for text in (*(part.text for part in parts), *reading.ignored):
        if text.casefold() not in query.casefold():
            raise PlannerError("a text that is not in the query")
    try:
        understood = tuple(_understood(part, vocabulary) for part in parts)
        filters = _filters(understood)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise PlannerError("a value that cannot be") from error
    _filters_checked(filters, today)
    return Interpretation(filters=filters, understood=understood, ignored=tuple(reading.ignored))


def _understood(part: Part, vocabulary: Vocabulary) -> UnderstoodReply:
    """Raises `ValueError`."""
    value: object = part.value.strip()
    names = {
        "location": (*vocabulary.cities, *vocabulary.areas, *vocabulary.regions),
        "amenities": vocabulary.amenities,
        "property_type": tuple(PropertyType.values),
    }
    if part.field in names:
        if value not in names[part.field]:
            raise ValueError("a name that does not exist")
    elif part.field in {"check_in", "check_out"}:
        value = dt.date.fromisoformat(part.value)
    elif part.field == "guests":
        value = _within(int(part.value), 1, MOST_GUESTS)
    else:
        value = to_wire(from_wire(_within(float(part.value), 0, MOST_PRICE), None), None)
    return UnderstoodReply(text=part.text, field=part.field, value=value)


def _within(value: float, least: int, most: int) -> float:
    if not least <= value <= most:
        raise ValueError("out of bounds")
    return value


def _filters(understood: Sequence[UnderstoodReply]) -> Filters:
    """Raises `ValueError` where one field has two values."""
    values: dict[str, Any] = {
        item.field: item.value for item in understood if item.field != "amenities"
    }
    if len(values) != sum(item.field != "amenities" for item in understood):
        raise ValueError("a field twice")
    prices: dict[str, int] = {
        name: from_wire(values[name], None) for name in ("min_price", "max_price") if name in values
    }
    amenities = tuple(dict.fromkeys(item.value for item in understood if item.field == "amenities"))
    return Filters(**{**values, **prices, "amenities": amenities})


def _filters_checked(filters: Filters, today: dt.date) -> None:
    least, most = filters.min_price, filters.max_price
    if least is not None and most is not None and least > most:
        raise PlannerError("prices the wrong way round")
    if filters.check_in is None and filters.check_out is None:
        return
    if filters.check_in is None or filters.check_out is None:
        raise PlannerError("one date without the other")
    nights = (filters.check_out - filters.check_in).days
    if not (0 < nights <= LONGEST and 0 <= (filters.check_in - today).days <= AHEAD):
        raise PlannerError("dates that cannot be")
