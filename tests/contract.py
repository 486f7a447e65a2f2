"""Every reply that a test sees is held against the API's description (`docs/openapi.json`)."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from django.test import Client
from django.test.client import ClientHandler
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

from apps.common.api_document import document

JSON = "application/json"
ENVELOPE = {"$ref": "#/components/schemas/Error"}
PAGES = {"/api/schema", "/api/docs"}
# What is said before any operation is reached, or instead of it.
OUTSIDE = {400, 401, 403, 404, 405, 406, 429}


class ContractError(AssertionError):
    pass


class CheckedClient(Client):
    """Fails the test on a reply that the description does not know. All share one chain of
    middleware: making it lists every static file, which takes half a second."""

    shared = ClientHandler(enforce_csrf_checks=False)

    def __init__(self, **defaults):
        super().__init__(**defaults)
        self.handler = self.shared

    def generic(self, method, path, data="", content_type=JSON, *args, **kwargs):
        response = super().generic(method, path, data, content_type, *args, **kwargs)
        for problem in problems(method, path, data, content_type, response):
            raise ContractError(f"{method} {path} -> {response.status_code}: {problem}")
        return response


def problems(method, path, data, content_type, response) -> Iterator[str]:
    route = path.partition("?")[0]
    if not route.startswith("/api/") or route in PAGES or method in {"HEAD", "OPTIONS"}:
        return
    found = operation_at(route, method)
    if found is None:
        yield from _unknown(response)
        return
    name, operation = found
    reply = operation["responses"].get(str(response.status_code))
    if reply is None:
        known = ", ".join(operation["responses"])
        yield f"{name} describes only the statuses {known}. It said: {_excerpt(response)}"
        return
    yield from _body_problems(name, reply, response)
    if response.status_code < 300 and content_type.startswith(JSON):
        yield from _request_problems(name, operation, data)


def _unknown(response) -> Iterator[str]:
    if response.status_code not in OUTSIDE:
        yield "nothing describes this call: add @extend_schema to the view."
    else:
        yield from check(ENVELOPE, json.loads(response.content), closed=True)


def _body_problems(name: str, reply: Mapping[str, Any], response) -> Iterator[str]:
    content, kind = reply.get("content", {}), response.get("Content-Type", "").partition(";")[0]
    if not content:
        if not response.streaming and response.content:
            yield f"{name} describes an empty reply."
    elif kind not in content:
        yield f"{name} describes {', '.join(content)}, not {kind}."
    elif kind == JSON:
        for sentence in check(content[kind]["schema"], json.loads(response.content), closed=True):
            yield f"the reply is not as {name} describes it: {sentence}"


def _request_problems(name: str, operation: Mapping[str, Any], data) -> Iterator[str]:
    content = operation.get("requestBody", {}).get("content", {})
    if JSON in content and data:
        for sentence in check(content[JSON]["schema"], json.loads(data), closed=False):
            yield f"{name} took a body that it describes as wrong: {sentence}"


def _excerpt(response) -> str:
    return "(a stream)" if response.streaming else response.content.decode()[:300]


@cache
def _routes() -> list[tuple[re.Pattern[str], str]]:
    """Literal paths before those with parameters, as the URLs have them."""
    paths = sorted(document()["paths"], key=lambda path: (path.count("{"), path))
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in paths]


def operation_at(route: str, method: str) -> tuple[str, dict[str, Any]] | None:
    for pattern, path in _routes():
        if pattern.fullmatch(route):
            operation = document()["paths"][path].get(method.lower())
            return operation and (f"{method} {path}", operation)
    return None


def check(schema: Mapping[str, Any], value: Any, *, closed: bool) -> list[str]:
    """What is wrong with `value`; `closed` refuses names that the schema does not have."""
    validator = _validator(json.dumps(schema, sort_keys=True), closed)
    return [_sentence(error) for error in validator.iter_errors(value)]


def fits(schema: Mapping[str, Any], value: Any) -> bool:
    return _validator(json.dumps(schema, sort_keys=True), False).is_valid(value)


@cache
def _validator(schema: str, closed: bool) -> Any:
    components = _closed(document()["components"]) if closed else document()["components"]
    root = {**json.loads(schema), "components": components}
    return _Validator(_closed(root) if closed else root, format_checker=FORMATS)


def _closed(node: Any) -> Any:
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {name: _closed(value) for name, value in node.items()}
    if made.get("type") == "object" and "properties" in made:
        made.setdefault("additionalProperties", False)
    return made


def _sentence(error: ValidationError) -> str:
    place = "/".join(str(step) for step in error.absolute_path) or "the body"
    return f"{place}: {error.message[:300]}"


def _multiple_of(_validator, factor, instance, _schema) -> Iterator[ValidationError]:
    """jsonschema's own divides floats, and 0.07 / 0.01 is not 7."""
    is_number = isinstance(instance, (int, float)) and not isinstance(instance, bool)
    if is_number and Fraction(str(instance)) % Fraction(str(factor)):
        yield ValidationError(f"{instance!r} is not a multiple of {factor}")


_Validator = validators.extend(Draft202012Validator, {"multipleOf": _multiple_of})
FORMATS = FormatChecker(("date", "email", "uuid"))


@FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: Any) -> bool:
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None
