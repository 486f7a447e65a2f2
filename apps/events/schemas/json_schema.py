"""JSON Schema (draft 2020-12) of an event, from its class."""

from inspect import cleandoc
from typing import Any

import msgspec
from jsonschema import Draft202012Validator

from apps.events.schemas.base import SCHEMA_VERSION, Event

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(event: type[Event]) -> dict[str, Any]:
    _, made = msgspec.json.schema_components([event])
    own = made[event.__name__]
    own["properties"]["schema_version"] |= {"const": SCHEMA_VERSION}
    return {
        **own,
        "$schema": DIALECT,
        "description": " ".join(cleandoc(event.__doc__ or "").split()),
        "properties": {"event_type": {"const": event.event_type}, **own["properties"]},
        "required": ["event_type", *own["required"]],
        "additionalProperties": True,
    }


def breaches(event: type[Event], payload: Any) -> list[str]:
    """A sentence for each field that is wrong, in the order of their names."""
    errors = Draft202012Validator(schema_of(event)).iter_errors(payload)
    return sorted(f"{'.'.join(map(str, one.path)) or 'message'}: {one.message}" for one in errors)
