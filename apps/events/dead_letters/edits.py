"""Staff correct the message of a dead letter, and it is sent again."""

import base64
import datetime as dt
import json
from typing import Any, ClassVar

import orjson

from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError
from apps.events.dead_letters.records import FAILED, audit_entry
from apps.events.dead_letters.replay import dead_letter_get, dead_letter_replay
from apps.events.reasons import reason_checked
from apps.events.rows import DeadLetterRow, dead_letters
from apps.events.schemas import Event, SchemaError, event_class, event_type_of, payload_of
from apps.events.schemas.documents import events
from apps.events.schemas.json_schema import breaches


class DeadLetterNotFailedError(ConflictError):
    code = "LETTER_NOT_FAILED"
    sentence = "This dead letter is {status}. Only a failed one can be edited."
    sample: ClassVar = {"status": "parked"}


class EditRejectedError(InvalidInputError):
    sentence = "{problem}"


def event_of(topic: str, text: str) -> type[Event] | None:
    """Returns the event that the text is of by its type, else the one that its topic is for."""
    known = events().get(topic, ())
    try:
        named = event_class(event_type_of(payload_of(text.encode())), known)
    except SchemaError:
        named = None
    return named or (known[0] if len(known) == 1 else None)


def message_text(value: str) -> str:
    """Returns the message of a dead letter's `value` for a person: indented where it is JSON."""
    message = base64.b64decode(value)
    try:
        return json.dumps(orjson.loads(message), ensure_ascii=False, indent=2)
    except orjson.JSONDecodeError:
        return message.decode(errors="replace")


def message_problems(topic: str, text: str) -> list[str]:
    """Returns what is wrong with it, a sentence for each field; none where it fits its schema."""
    try:
        payload = payload_of(text.encode())
    except SchemaError as error:
        return [str(error)]
    event = event_of(topic, text)
    if event is None:
        return [_unknown(topic)]
    return breaches(event, payload) or _read(event, payload)


def dead_letter_edit(
    *, dead_letter_id: str, text: str, reason: str, actor: str, now: dt.datetime
) -> list[str]:
    """Replaces the message of a failed dead letter by the JSON `text` and replays it with those
    blocked behind it; returns their ids. `history` keeps the message as it was.

    Raises `EditRejectedError` for what does not fit its schema and for another event id or key,
    `ReasonLengthError`, `DeadLetterUnknownError`, `DeadLetterNotFailedError` and
    `DeadLetterBlockedError`.
    """
    reason = reason_checked(reason)

    def transaction() -> list[str]:
        row = dead_letter_get(dead_letter_id)
        if row["status"] != FAILED:
            raise DeadLetterNotFailedError(status=row["status"])
        payload = _accepted(row, text)
        change = {
            "value": base64.b64encode(orjson.dumps(payload)).decode(),
            "event_id": payload["event_id"],
        }
        entry = audit_entry("edit", actor=actor, now=now, note=reason, value=row["value"])
        dead_letters.update_one(
            {"_id": dead_letter_id}, {"$set": change, "$push": {"history": entry}}
        )
        return dead_letter_replay(dead_letter_id=dead_letter_id, actor=actor, now=now)

    return mongo.run_in_transaction(transaction)


def _accepted(row: DeadLetterRow, text: str) -> dict[str, Any]:
    problems = message_problems(row["topic"], text)
    if problems:
        raise _rejection(f"The message does not fit its schema. {'; '.join(problems)}.")
    payload: dict[str, Any] = orjson.loads(text)
    event: Any = event_of(row["topic"], text)
    if row["event_id"] and payload["event_id"] != row["event_id"]:
        raise _rejection(f"event_id must stay {row['event_id']}.")
    if payload[event.key_field] != row["key"]:
        raise _rejection(f"{event.key_field} must be the message's key, {row['key']}.")
    return payload


def _read(event: type[Event], payload: Any) -> list[str]:
    """Returns what the consumer rejects beyond the schema, such as 1.0 for a count."""
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


def _rejection(problem: str) -> EditRejectedError:
    return EditRejectedError(problem=problem, fields={"text": [problem]})
