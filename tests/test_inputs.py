"""No input can be lax: every serializer is of the strict kind, every text of the checked kind, and
every operation refuses by name what it does not know."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework import serializers

from apps.accounts.serializers import AddressField
from apps.common.api_document import document, operations
from apps.common.fields import LineField, ObjectIdField
from apps.common.serializers import InputSerializer
from tests import access, bad_input
from tests.bad_input import JSON, body_media
from tests.world import world_made

pytestmark = pytest.mark.keeps_data
OPERATIONS = [(m.upper(), path, operation) for path, m, operation in operations(document())]
CHECKED_TEXTS = (LineField, ObjectIdField, serializers.RegexField, AddressField)
# Hashed, never shown.
SECRETS = {"password", "new_password", "current_password"}


@pytest.fixture(scope="module")
def world(database):
    with world_made() as made:
        yield made


def _kinds(of: type) -> Iterator[type]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


SERIALIZERS = sorted(
    {kind for kind in _kinds(serializers.BaseSerializer) if kind.__module__.startswith("apps.")},
    key=str,
)


@pytest.mark.unit
@pytest.mark.parametrize("kind", SERIALIZERS, ids=lambda kind: kind.__name__)
def test_a_serializer_is_strict_and_its_texts_are_checked(kind):
    assert issubclass(kind, InputSerializer), "Derive it from InputSerializer."
    for name, field in _fields(kind()):
        if isinstance(field, serializers.CharField) and name not in SECRETS:
            assert isinstance(field, CHECKED_TEXTS), (
                f"{name}: a LineField, TextField or TokenField?"
            )
            assert field.max_length or isinstance(field, (ObjectIdField, serializers.RegexField))


def _is_checked(field: serializers.CharField) -> bool:
    """Also one that reads by rules of its own, as addresses do."""
    reads = type(field).to_internal_value is not serializers.CharField.to_internal_value
    return isinstance(field, CHECKED_TEXTS) or reads


def _fields(serializer: serializers.BaseSerializer) -> Iterator[tuple[str, Any]]:
    for name, field in serializer.fields.items():
        yield name, _innermost(field)


def _innermost(field: Any) -> Any:
    is_list = isinstance(field, (serializers.ListField, serializers.ListSerializer))
    return _innermost(field.child) if is_list else field


def _named(wanted):
    chosen = [one for one in OPERATIONS if wanted(one[2])]
    return pytest.mark.parametrize("operation", chosen, ids=lambda one: f"{one[0]} {one[1]}")


@_named(lambda _operation: True)
def test_an_unknown_parameter_is_refused_by_name(world, operation):
    _method, _path, _described = operation
    reply = _call(world, operation, extra={"colour": "blue", "utm_source": "x"})
    assert reply.status_code == 400, reply.content
    assert {"colour", "utm_source"} == reply.json()["error"]["fields"].keys()


def _queried(operation):
    return any(one["in"] == "query" for one in operation.get("parameters", ()))


@_named(_queried)
def test_a_parameter_comes_once_and_with_a_value(world, operation):
    method, path, described = operation
    for one in described["parameters"]:
        if one["in"] == "query":
            name = one["name"]
            for query in (f"{name}=", f"{name}=1&{name}=2"):
                address = f"{world.address(path)}?{query}"
                reply = world.client(described).generic(method, address)
                assert reply.status_code == 400, f"{query}: {reply.content}"
                assert name in reply.json()["error"]["fields"], query


@_named(body_media)
def test_an_unknown_field_is_refused_by_name_wherever_it_stands(world, operation):
    _method, path, described = operation
    if path == "/api/payments/webhook":
        return
    body = access.body_of(world, operation)
    for steps in _objects(body_media(described)["schema"]):
        sent = bad_input.changed(body, (*steps, "surprise"), 1)
        reply = _call(world, operation, body=sent)
        assert reply.status_code == 400, f"{steps}: {reply.content}"
        named = json.dumps(reply.json()["error"]["fields"])
        assert "surprise" in named or "GeoJSON" in named, f"{steps}: {named}"


def _objects(schema: dict[str, Any], steps: tuple = ()) -> Iterator[tuple]:
    found = bad_input.resolved(schema)
    if found.get("properties"):
        yield steps
    for name, inner in found.get("properties", {}).items():
        yield from _objects(inner, (*steps, name))
        items = bad_input.resolved(inner).get("items")
        if items and items.get("type") != "number":
            yield from _objects(items, (*steps, name, 0))


def _call(world, operation, *, extra=None, body=None):
    method, path, described = operation
    query = {**world.needed(described), **(extra or {})}
    words = "&".join(f"{name}={value}" for name, value in query.items())
    sent = "" if body is None else json.dumps(body)
    return world.client(described).generic(method, f"{world.address(path)}?{words}", sent, JSON)


def test_names_that_cannot_be_shown_are_named_all_the_same(world):
    for name in ("\ud800", "a\u202eb", "x" * 100_000, "\x00", ""):
        reply = world.guest.put("/api/traveler/preferences", {name: 1})
        assert reply.status_code == 400
        assert len(reply.content) < 2_000
        assert "This is not accepted here" in reply.json()["error"]["message"]
    many = world.guest.put("/api/traveler/preferences", {f"n{i}": 1 for i in range(5_000)})
    assert (many.status_code, len(many.json()["error"]["fields"])) == (400, 10)
