"""Schemas of the replies, which msgspec reads off their types, in the words of OpenAPI 3.1."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from bson import ObjectId
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, list_hash

from apps.common.replies import Paged, Reply

OBJECT_ID = {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}
REFERENCE = "#/components/schemas/"
Schema = dict[str, Any]


def is_reply(target: Any) -> bool:
    """Whether it is a reply type or a page of one: `Paged[BookingReply]`."""
    found = getattr(target, "__origin__", target)
    return isinstance(found, type) and issubclass(found, Reply)


def component_name(name: str) -> str:
    """Of a class's name or of msgspec's for a page: BookingReply, Paged_BookingReply_."""
    page = re.fullmatch(r"Paged_(\w+)_", name)
    return f"{component_name(page[1])}Page" if page else name.removesuffix("Reply")


class ReplyScheme(OpenApiSerializerExtension):
    target_class = Reply

    @classmethod
    def _matches(cls, target: Any) -> bool:
        return is_reply(target)

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        if getattr(self.target, "__origin__", None) is Paged:
            return f"{component_name(self.target.__args__[0].__name__)}Page"
        return component_name(self.target.__name__)

    def get_identity(self, auto_schema: AutoSchema, direction: str) -> Any:
        return self.get_name(auto_schema, direction)

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> Schema:
        own = self.get_name(auto_schema, direction)
        made = schemas_of(self.target)
        for name, schema in made.items():
            if name != own:
                auto_schema.registry.register_on_missing(
                    ResolvedComponent(name, ResolvedComponent.SCHEMA, schema, name)
                )
        return made[own]


def schemas_of(reply: Any) -> dict[str, Schema]:
    """The schema of a reply and of all replies in it, by their names in the description."""
    _, found = msgspec.json.schema_components(
        [reply], schema_hook=_custom, ref_template=REFERENCE + "{name}"
    )
    return {component_name(name): _plain(schema) for name, schema in found.items()}


def _custom(kind: type) -> Schema:
    if kind is ObjectId:
        return dict(OBJECT_ID)
    raise NotImplementedError(kind)


def _plain(node: Any) -> Any:
    """Without titles, docstrings and defaults; what may be null and what is one of several choices
    as drf-spectacular writes it, which names the choices."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "x-as-written" in node:
        return {name: value for name, value in node.items() if name != "x-as-written"}
    return _plain_schema(node)


def _plain_schema(node: Schema) -> Schema:
    if "$ref" in node:
        return _reference(node)
    if node.get("type") == "number" and "multipleOf" not in node:
        node = {**node, "format": "double"}
    if "x-choices" in node:
        named = {"x-spec-enum-id": list_hash(node["x-choices"])}
        return {name: value for name, value in node.items() if name != "x-choices"} | named
    if "anyOf" in node:
        return _nullable([_plain(option) for option in node["anyOf"]], node)
    of_class = {"title", "description"} if "title" in node else set()
    any_names: Schema = (
        {"additionalProperties": {}} if node == {"type": "object", "default": {}} else {}
    )
    return any_names | {
        name: _properties(value) if name == "properties" else _plain(value)
        for name, value in node.items()
        if name not in {*of_class, "default"}
    }


def _properties(fields: Schema) -> Schema:
    return {name: _plain(schema) for name, schema in fields.items()}


def _reference(node: Schema) -> Schema:
    name = node["$ref"].removeprefix(REFERENCE)
    reference = {"$ref": REFERENCE + component_name(name)}
    return {"allOf": [reference], **rest} if (rest := _rest(node)) else reference


def _rest(node: Schema) -> Schema:
    return {name: value for name, value in node.items() if name == "description"}


def _nullable(options: list[Schema], node: Schema) -> Schema:
    null = {"type": "null"}
    others = [option for option in options if option != null]
    if len(others) == 1 and null in options and "$ref" not in others[0]:
        (only,) = others
        if "enum" in only:
            only = {**only, "enum": [*only["enum"], None]}
        return {**only, "type": [only["type"], "null"], **_rest(node)}
    return {"oneOf": [*others, *([null] if null in options else [])], **_rest(node)}


def reply_types() -> Iterator[type[Reply]]:
    """All of them, for a test: two of one name would be one component."""
    waiting = list(Reply.__subclasses__())
    while waiting:
        kind = waiting.pop()
        yield kind
        waiting += kind.__subclasses__()
