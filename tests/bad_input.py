"""What the API's description forbids, as values: for each operation, place and field."""

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.common.api_document import document, operations
from tests.contract import fits

JSON = "application/json"
HUGE_TEXT = "x" * 900_000
LONG_LIST = ["x"] * 10_000
MISSING = object()


def _nested(depth: int) -> Any:
    made: Any = "x"
    for _ in range(depth):
        made = [made]
    return made


# Forbidden everywhere: a schema that allows one of them lacks a limit.
OVERSIZED = {
    "a huge text": HUGE_TEXT,
    "a huge number": 10**30,
    "a long list": LONG_LIST,
    "deep nesting": _nested(200),
}
CANDIDATES = {
    **OVERSIZED,
    "null": None,
    "an operator": {"$gt": ""},
    "an operator in a list": [{"$ne": None}],
    "an object": {"a": 1},
    "an empty text": "",
    "a text": "nonsense",
    "a NUL": "a\x00b",
    "a surrogate": "\ud800",
    "a number": 7,
    "a negative number": -1,
    "a fraction": 1.005,
    "a truth value": True,
    "an empty list": [],
    "a list of numbers": [1, 2],
    "no date": "2026-02-30",
}
# No schema can say so, but no field takes them.
NEVER_TEXT = {"a NUL", "a surrogate"}
QUERY_CANDIDATES = {
    "a huge text": HUGE_TEXT,
    "a huge number": "1" + "0" * 30,
    "an operator": '{"$gt": ""}',
    "nothing": "",
    "a text": "nonsense",
    "a NUL": "a\x00b",
    "a negative number": "-1",
    "a fraction": "1.5",
    "not a number": "nan",
    "endless": "1e999",
    "no date": "2026-02-30",
    "the last date": "9999-12-31",
    "the first date": "0001-01-01",
}
PATH_CANDIDATES = {
    "a text": "nonsense",
    "an operator": "%7B%22%24gt%22%3A%22%22%7D",
    "a NUL": "%00",
    "a long one": "a" * 10_000,
    "a number": "1",
    "an unknown id": "f" * 24,
}


@dataclass(frozen=True)
class Case:
    """One input of one operation. `steps` lead to it inside a body."""

    method: str
    path: str
    place: str
    name: str
    schema: dict[str, Any] = field(repr=False, compare=False)
    operation: dict[str, Any] = field(repr=False, compare=False)
    steps: tuple[str | int, ...] = ()
    required: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.place}.{self.name}"

    @property
    def top(self) -> str:
        """The name under which the reply's `fields` complain about it."""
        return str(self.steps[0]) if self.steps else self.name


def cases() -> Iterator[Case]:
    for path, method, operation in operations(document()):
        for parameter in operation.get("parameters", []):
            yield Case(
                method.upper(),
                path,
                parameter["in"],
                parameter["name"],
                parameter["schema"],
                operation,
                required=parameter.get("required", False),
            )
        media = body_media(operation)
        if media:
            for steps, schema, required in _fields(media["schema"], ()):
                name = ".".join(map(str, steps))
                yield Case(method.upper(), path, "body", name, schema, operation, steps, required)


def body_media(operation: dict[str, Any]) -> dict[str, Any] | None:
    return operation.get("requestBody", {}).get("content", {}).get(JSON)


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def _fields(
    schema: dict[str, Any], steps: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any], bool]]:
    found = resolved(schema)
    for name, inner in found.get("properties", {}).items():
        here = (*steps, name)
        yield here, inner, name in found.get("required", [])
        yield from _fields(inner, here)
        if resolved(inner).get("type") == "array" and resolved(inner).get("items"):
            items = resolved(inner).get("prefixItems", [resolved(inner)["items"]])[0]
            yield (*here, 0), items, False
            yield from _fields(items, (*here, 0))


def bad_values(case: Case) -> Iterator[tuple[str, Any]]:
    """Those of the candidates that the schema forbids, and its absence where it is required."""
    if case.required:
        yield "nothing at all", MISSING
    for name, value in CANDIDATES.items():
        if name in NEVER_TEXT or not fits(case.schema, value):
            yield name, value


def allowed_oversized(case: Case) -> list[str]:
    if case.place == "query":
        return ["a huge text"] if fits(case.schema, HUGE_TEXT) else []
    return [n for n, value in OVERSIZED.items() if fits(case.schema, value)]


def query_value(case: Case, text: str) -> Any:
    """`text` as the schema's type reads it, or itself where it is none."""
    kinds = resolved(case.schema).get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    for kind, read in (("integer", int), ("number", float)):
        if kind in kinds:
            try:
                value = read(text)
            except ValueError:
                return text
            return value if math.isfinite(value) else text
    return text


def changed(body: Any, steps: tuple[str | int, ...], value: Any) -> Any:
    """A copy of `body` with `value` at `steps`; what leads there is made where it is missing."""
    if not steps:
        return value
    step, *after = steps
    made = copy.deepcopy(body)
    if isinstance(step, int):
        return [changed(made[0] if made else None, tuple(after), value)]
    made = made if isinstance(made, dict) else {}
    if not after and value is MISSING:
        made.pop(step, None)
    else:
        made[step] = changed(made.get(step), tuple(after), value)
    return made
