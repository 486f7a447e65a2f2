"""How an entry of the security log is hashed. `docs/decisions` says what the chain proves."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from bson import ObjectId

FIRST = "0" * 64


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 of the entry, without its `hash`, as JSON with sorted keys."""
    parts = {name: _plain(value) for name, value in entry.items() if name != "hash"}
    return hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return aware.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    if isinstance(value, ObjectId):
        return str(value)
    if isinstance(value, int):
        return int(value)
    return value
