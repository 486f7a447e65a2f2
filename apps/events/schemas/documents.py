"""The files in docs/ that describe the events: a JSON Schema for each, and the AsyncAPI document of
topics, messages and who reads them. Made from the code; a test fails when they differ."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from apps.events.schemas import DeadLettered, Event
from apps.events.schemas.json_schema import schema_of
from apps.events.topics import BOOKING_DLQ, REPLICATION, TOPICS, Topic

BINDING = "0.5.0"
DESCRIPTION = """\
Every event goes through the outbox, in the transaction of the change that it reports, and is \
published at least once; a reader keeps the ids it has handled. Events of one key are in order, by \
`version`. Fields are only added, with defaults, and a reader ignores those it does not know; \
`schema_version` is the major version, and a message of an unknown one is a dead letter at once. A \
topic may carry several types: a reader handles those that it knows and skips the others."""
HEADERS = {
    "event_id": "of the event, or of a replayed copy",
    "request_id": "of the request that began it",
    "traceparent": "W3C Trace Context of the step that sent it",
    "replay_of": "the dead letter that this is a copy of",
    "replay_for": "the one consumer that a copy is for",
    "replay_number": "how often the dead letter was sent again",
}


Events = tuple[type[Event], ...]


def readers() -> Iterator[tuple[str, str, Events]]:
    """(group, topic, events that it handles) of each consumer group."""
    for group, path in settings.CONSUMER_GROUPS.items():
        for topic, handlers in import_string(path).items():
            yield group, topic, tuple(handlers)


def events() -> dict[str, Events]:
    """The events of each topic, by the names of their types."""
    found: dict[str, set[type[Event]]] = {BOOKING_DLQ: {DeadLettered}}
    for _, topic, handled in readers():
        found.setdefault(topic, set()).update(handled)
    return {topic: _by_type(known) for topic, known in found.items()}


def event_classes() -> Events:
    return _by_type(chain.from_iterable(events().values()))


def document() -> dict[str, Any]:
    of_topic = events()
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Staywell events", "version": "1.0.0", "description": DESCRIPTION},
        "defaultContentType": "application/json",
        "servers": {"kafka": {"host": "kafka:9092", "protocol": "kafka"}},
        "channels": {name: _channel(name, topic, of_topic[name]) for name, topic in TOPICS.items()},
        "operations": {**_sends(of_topic), **_receives()},
        "components": {
            "messages": {event.event_type: _message(event) for event in event_classes()}
        },
    }


def files() -> dict[Path, str]:
    """What stands in docs/, by its path."""
    docs = Path(settings.BASE_DIR) / "docs"
    made = {docs / "asyncapi.json": document()}
    for event in event_classes():
        made[docs / "events" / f"{event.event_type}.json"] = schema_of(event)
    return {path: _text(content) for path, content in made.items()}


def _by_type(known: Iterable[type[Event]]) -> Events:
    return tuple(sorted(set(known), key=lambda event: event.event_type))


def _channel(name: str, topic: Topic, known: Events) -> dict[str, Any]:
    kafka = {
        "topic": name,
        "partitions": topic.partitions,
        "replicas": REPLICATION,
        "topicConfiguration": {
            "cleanup.policy": ["delete"],
            "retention.ms": topic.retention_ms,
        },
        "bindingVersion": BINDING,
    }
    return {
        "address": name,
        "description": f"{topic.purpose}. The key is {topic.key}.",
        "messages": {
            event.event_type: {"$ref": f"#/components/messages/{event.event_type}"}
            for event in known
        },
        "bindings": {"kafka": kafka},
    }


def _message(event: type[Event]) -> dict[str, Any]:
    headers = {name: {"type": "string", "description": text} for name, text in HEADERS.items()}
    return {
        "name": event.event_type,
        "title": event.__name__,
        "headers": {"type": "object", "properties": headers, "required": ["event_id"]},
        "payload": {"$ref": f"./events/{event.event_type}.json"},
        "bindings": {"kafka": {"key": {"type": "string"}, "bindingVersion": BINDING}},
    }


def _sends(of_topic: Mapping[str, Events]) -> dict[str, Any]:
    return {
        f"relay/{name}": _operation("send", name, known, "The relay, from the outbox.")
        for name, known in of_topic.items()
    }


def _receives() -> dict[str, Any]:
    found = {}
    for group, topic, handled in readers():
        operation = _operation("receive", topic, handled, f"Consumer group {group}.")
        group_id = {"type": "string", "enum": [group]}
        operation["bindings"] = {"kafka": {"groupId": group_id, "bindingVersion": BINDING}}
        found[f"{group}/{topic}"] = operation
    return found


def _operation(action: str, topic: str, known: Events, summary: str) -> dict[str, Any]:
    channel = f"#/channels/{topic}"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "summary": summary,
        "messages": [{"$ref": f"{channel}/messages/{event.event_type}"} for event in known],
    }


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
