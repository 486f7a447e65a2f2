"""JSON Schema (draft 2020-12) of an event, from its dataclass."""

from dataclasses import MISSING, Field, fields
from inspect import cleandoc
from typing import Any, get_type_hints

from jsonschema import Draft202012Validator

from apps.events.schemas import SCHEMA_VERSION, Event

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES = {str: "string", int: "integer", float: "number"}


def schema_of(event: type[Event]) -> dict[str, Any]:
    hints = get_type_hints(event)
    found = {item.name: _field(item, hints[item.name]) for item in fields(event)}
    found["schema_version"] |= {"const": SCHEMA_VERSION}
    return {
        "$schema": DIALECT,
        "title": event.__name__,
        "description": " ".join(cleandoc(event.__doc__ or "").split()),
        "type": "object",
        "properties": {"event_type": {"const": event.event_type}, **found},
        "required": ["event_type", *(item.name for item in fields(event) if not _default(item))],
        "additionalProperties": True,
    }


def breaches(event: type[Event], payload: Any) -> list[str]:
    """A sentence for each field that is wrong, in the order of their names."""
    errors = Draft202012Validator(schema_of(event)).iter_errors(payload)
    return sorted(f"{'.'.join(map(str, one.path)) or 'message'}: {one.message}" for one in errors)


def _field(item: Field[Any], hint: Any) -> dict[str, Any]:
    return {"type": TYPES.get(hint, "object"), **_default(item)}


def _default(item: Field[Any]) -> dict[str, Any]:
    if item.default is not MISSING:
        return {"default": item.default}
    return {} if item.default_factory is MISSING else {"default": item.default_factory()}
