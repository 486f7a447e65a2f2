from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from django.http import QueryDict
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers
from rest_framework.fields import empty

from apps.common.characters import visible
from apps.common.money import TooManyDecimalsError, minor_of
from apps.common.names import unknown_name
from apps.common.pagination import Page

S = TypeVar("S", bound=type[serializers.BaseSerializer])
MAX_PER_PAGE = 100
MAX_PAGE = 1000
MOST_NAMED = 10
# What JSON has to carry for a field of these kinds; the first that fits decides.
JSON_TYPES: tuple[tuple[tuple[type[serializers.Field], ...], tuple[type, ...], str], ...] = (
    ((serializers.BooleanField,), (bool,), "true or false"),
    ((serializers.IntegerField,), (int,), "a whole number"),
    ((serializers.FloatField, serializers.DecimalField), (int, float), "a number"),
    (
        (serializers.CharField, serializers.ChoiceField, serializers.DateField),
        (str,),
        "a text",
    ),
)


def example(value: Any) -> Callable[[S], S]:
    """Decorates a serializer with what one body of it looks like."""
    return extend_schema_serializer(examples=[OpenApiExample("Example", value=value)])


class InputSerializer(serializers.Serializer):
    """Refuses, by name, what it does not know, and takes JSON at its types: DRF reads 7 as "7", "7"
    as 7 and "yes" as true. In a query string everything is text, so there it reads as DRF does,
    but each name comes once and has a value."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            wrong = (
                _wrong_in_query(self, data)
                if isinstance(data, QueryDict)
                else _wrong_in_json(self, data)
            )
            if refused := _unknown(self, data) or wrong:
                raise serializers.ValidationError(refused)
        return super().to_internal_value(data)


def _unknown(serializer: InputSerializer, data: Mapping[Any, Any]) -> dict[str, list[str]]:
    unknown = (str(name) for name in data if name not in serializer.fields)
    known = list(map(str, serializer.fields))
    return {visible(name): [unknown_name(name, known)] for name in islice(unknown, MOST_NAMED)}


def _wrong_in_query(serializer: InputSerializer, data: QueryDict) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    for name in map(str, serializer.fields):
        values = data.getlist(name)
        if len(values) > 1:
            wrong[name] = ["Send this once."]
        elif values == [""]:
            wrong[name] = ["This has no value. Send one, or leave the name out."]
    return wrong


def _wrong_in_json(serializer: InputSerializer, data: Mapping[Any, Any]) -> dict[str, list[str]]:
    return {
        name: [f"This must be {wanted}."]
        for name, field in serializer.fields.items()
        if name in data and (wanted := _mistyped(field, data[name]))
    }


def _mistyped(field: serializers.Field, value: Any) -> str:
    """What should have come instead of `value`; empty where the type is right or null."""
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        found = next((wanted for item in value if (wanted := _mistyped(field.child, item))), "")
        return f"a list; each item {found}" if found else ""
    for kinds, types, wanted in JSON_TYPES:
        if isinstance(field, kinds):
            fits = isinstance(value, types) and (bool in types or not isinstance(value, bool))
            return "" if fits or value is None else wanted
    return ""


class QuerySerializer(InputSerializer):
    """Of a query string. Its fields are made once for all calls: DRF copies them for each, which
    took a third of a search. They hold nothing of a call; their parent is one that reads none."""

    @cached_property
    def fields(self) -> Any:
        return _fields_of(type(self))

    @property
    def _writable_fields(self) -> list[serializers.Field]:
        """Passes over what was not sent and means nothing then; a box that is not ticked means
        false."""
        return [
            field
            for name, field in self.fields.items()
            if name in self.initial_data
            or field.required
            or (field.default, field.default_empty_html) != (empty, empty)
        ]


@cache
def _fields_of(kind: type[QuerySerializer]) -> Any:
    return serializers.Serializer.fields.func(kind())  # type: ignore[attr-defined]


def in_minor_units(
    values: Mapping[str, Any], names: Iterable[str], currency: str | None
) -> dict[str, int | None]:
    """The amounts among `values`; raises `ValidationError` for more decimals than `currency` has.
    Without one they are hundredths."""
    found: dict[str, int | None] = {}
    for name in names:
        if name in values:
            found[name] = None if values[name] is None else _minor(name, values[name], currency)
    return found


def _minor(name: str, amount: Decimal, currency: str | None) -> int:
    try:
        return minor_of(amount, currency)
    except TooManyDecimalsError as error:
        raise serializers.ValidationError({name: error.message}) from error


class PageSerializer(QuerySerializer):
    page = serializers.IntegerField(min_value=1, max_value=MAX_PAGE, default=1)
    per_page = serializers.IntegerField(min_value=1, max_value=MAX_PER_PAGE, default=20)


def page_of(validated: dict[str, Any]) -> Page:
    return Page(number=validated["page"], per_page=validated["per_page"])
