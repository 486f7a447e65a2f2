"""A person mends the message of a dead letter, and it is sent again."""

import base64
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import orjson

from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError
from apps.events.dead_letters.records import FAILED, deed
from apps.events.dead_letters.replay import dead_letter_replay, letter_get
from apps.events.reasons import reason_checked
from apps.events.schemas import Event, SchemaError, event_class, event_type_of, payload_of
from apps.events.schemas.documents import events
from apps.events.schemas.json_schema import breaches


def event_of(topic: str, text: str) -> type[Event] | None:
    """The event that the text is of by its type, else the one that its topic is for."""
    known = events().get(topic, ())
    try:
        named = event_class(event_type_of(payload_of(text.encode())), known)
    except SchemaError:
        named = None
    return named or (known[0] if len(known) == 1 else None)


def message_text(value: str) -> str:
    """The message of a letter's `value` for a person: indented where it is JSON."""
    message = base64.b64decode(value)
    try:
        return json.dumps(orjson.loads(message), ensure_ascii=False, indent=2)
    except orjson.JSONDecodeError:
        return message.decode(errors="replace")


def message_problems(topic: str, text: str) -> list[str]:
    """What is wrong with it, a sentence for each field; empty where its schema is kept."""
    try:
        payload = payload_of(text.encode())
    except SchemaError as error:
        return [str(error)]
    event = event_of(topic, text)
    if event is None:
        return [_unknown(topic)]
    return breaches(event, payload) or _read(event, payload)


def dead_letter_edit(
    *, letter_id: str, text: str, reason: str, actor: str, now: dt.datetime
) -> list[str]:
    """Replaces the message of a failed letter by the JSON `text` and replays it with those parked
    behind it; returns their ids. `history` keeps the message as it was.

    Raises `InvalidInputError` for what its schema refuses, for another event id or key and without
    a reason, `NotFoundError`, and `ConflictError` for a letter that is not its chain's failed head.
    """
    reason = reason_checked(reason)

    def transaction() -> list[str]:
        letter = letter_get(letter_id)
        if letter["status"] != FAILED:
            raise ConflictError(f"This letter is {letter['status']}.", code="LETTER_NOT_FAILED")
        payload = _accepted(letter, text)
        old = letter["value"]
        change = {
            "value": base64.b64encode(orjson.dumps(payload)).decode(),
            "event_id": payload["event_id"],
        }
        done = deed("edit", actor=actor, now=now, note=reason, value=old)
        mongo.collection("dead_letters").update_one(
            {"_id": letter_id},
            {"$set": change, "$push": {"history": done}},
            session=mongo.session(),
        )
        return dead_letter_replay(letter_id=letter_id, actor=actor, now=now)

    return mongo.run_in_transaction(transaction)


def _accepted(letter: Mapping[str, Any], text: str) -> dict[str, Any]:
    problems = message_problems(letter["topic"], text)
    if problems:
        raise _refusal(f"The message is refused. {'; '.join(problems)}.")
    payload: dict[str, Any] = orjson.loads(text)
    event: Any = event_of(letter["topic"], text)
    if letter["event_id"] and payload["event_id"] != letter["event_id"]:
        raise _refusal(f"event_id must stay {letter['event_id']}.")
    if payload[event.key_field] != letter["key"]:
        raise _refusal(f"{event.key_field} must be the message's key, {letter['key']}.")
    return payload


def _read(event: type[Event], payload: Any) -> list[str]:
    """What the consumer's own reading refuses beyond the schema, such as 1.0 for a count."""
    try:
        event.from_payload(payload)
    except SchemaError as error:
        return [str(error)]
    return []


def _unknown(topic: str) -> str:
    known = [event.event_type for event in events().get(topic, ())]
    if not known:
        return f"no event is known on {topic}"
    return f"event_type must be one of {', '.join(known)}"


def _refusal(sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, fields={"text": [sentence]})
