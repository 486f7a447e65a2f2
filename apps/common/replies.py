"""Replies of the API: one type builds a reply, writes its JSON and is its OpenAPI schema.

`apps.common.json.dumps` writes them, `apps.common.reply_schema` describes them. Nothing of HTTP,
DRF or MongoDB is in here, so selectors return them.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from bson import ObjectId
from django.db.models import TextChoices
from msgspec import UNSET, Meta, UnsetType

from apps.common.pagination import Page

__all__ = [
    "MOST_MONEY",
    "POINT",
    "UNSET",
    "Id",
    "Instant",
    "Money",
    "Paged",
    "Pagination",
    "Point",
    "Reply",
    "SignedMoney",
    "UnsetType",
    "choices",
    "example",
    "example_of",
    "instant",
    "instant_or_none",
]

Item = TypeVar("Item")
R = TypeVar("R", bound=type)

MOST_MONEY = 9_999_999_999_999
# How many decimals it has of these, its currency says: EUR two, JPY none, KWD three.
_DECIMALS = {"multipleOf": 0.001}
Id = ObjectId
# UTC, to the second: see `instant`.
Instant = Annotated[dt.datetime, Meta(tz=True)]
Money = Annotated[float, Meta(ge=0, le=MOST_MONEY, extra_json_schema=_DECIMALS)]
SignedMoney = Annotated[float, Meta(ge=-MOST_MONEY, le=MOST_MONEY, extra_json_schema=_DECIMALS)]
POINT: dict[str, Any] = {
    "type": "object",
    "description": "GeoJSON: longitude, then latitude.",
    "properties": {
        "type": {"type": "string", "enum": ["Point"]},
        "coordinates": {
            "type": "array",
            "prefixItems": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": -90, "maximum": 90},
            ],
            "items": {"type": "number"},
            "minItems": 2,
            "maxItems": 2,
            "example": [103.8558, 1.2936],
        },
    },
    "required": ["type", "coordinates"],
}
Point = Annotated[dict[str, Any], Meta(extra_json_schema={**POINT, "x-as-written": True})]
_EXAMPLES: dict[Any, Any] = {}


class Reply(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all replies. Field names are those of the wire; a field that may be missing is
    `X | UnsetType = UNSET`. `FooReply` is called `Foo` in the API's description."""


class Pagination(Reply, frozen=True, kw_only=True, gc=False):
    page: Annotated[int, Meta(ge=1)]
    per_page: Annotated[int, Meta(ge=1)]
    total: Annotated[int, Meta(ge=0)]
    total_capped: Annotated[bool, Meta(description="Whether there are more than `total`.")]
    has_next: bool


class Paged(Reply, Generic[Item], frozen=True, kw_only=True, gc=False):
    """A page of items; `Paged[BookingReply]` is called `BookingPage` in the description."""

    results: list[Item]
    pagination: Pagination

    @classmethod
    def of(
        cls,
        results: list[Item],
        *,
        page: Page,
        total: int,
        total_capped: bool = False,
        has_next: bool | None = None,
    ) -> "Paged[Item]":
        """`total` is exact unless `total_capped`, when there are more than that. Whoever has looked
        says whether there is a next page."""
        if has_next is None:
            has_next = total_capped or page.skip + len(results) < total
        return cls(
            results=results,
            pagination=Pagination(
                page=page.number,
                per_page=page.per_page,
                total=total,
                total_capped=total_capped,
                has_next=has_next,
            ),
        )


def choices(of: type[TextChoices], *others: str) -> Meta:
    """`status: Annotated[str, choices(Status)]`: a text that is one of these."""
    return Meta(extra_json_schema={"enum": [*of.values, *others], "x-choices": of.choices})


def instant(stored: dt.datetime) -> dt.datetime:
    """A stored instant as it goes out: aware, in UTC, to the second."""
    return stored.replace(tzinfo=dt.UTC, microsecond=0)


def instant_or_none(stored: dt.datetime | None) -> dt.datetime | None:
    return None if stored is None else instant(stored)


def example(value: Mapping[str, Any]) -> Callable[[R], R]:
    """Decorates a reply with what one looks like as JSON; it must fit the type."""

    def keep(reply: R) -> R:
        _EXAMPLES[reply] = value
        return reply

    return keep


def example_of(reply: Any) -> Any:
    """The value that `example` was given, of a page a page of it; None without one."""
    if getattr(reply, "__origin__", None) is not Paged:
        return _EXAMPLES.get(reply)
    (item,) = reply.__args__
    shown = _EXAMPLES.get(item)
    if shown is None:
        return None
    return {"results": [shown], "pagination": msgspec.to_builtins(_ONE)}


_ONE = Pagination(page=1, per_page=20, total=1, total_capped=False, has_next=False)
