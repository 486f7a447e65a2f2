"""JSON as the API writes it: ObjectIds as hex, instants in UTC to the second."""

from typing import Any

import msgspec
import orjson
from bson import Int64, ObjectId

OPTIONS = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


def _plain(value: Any) -> Any:
    if isinstance(value, ObjectId):
        return str(value)
    if isinstance(value, Int64):
        return int(value)
    raise NotImplementedError(f"{type(value)} has no JSON form")


_replies = msgspec.json.Encoder(enc_hook=_plain)


def _default(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return orjson.Fragment(_replies.encode(value))
    try:
        return _plain(value)
    except NotImplementedError as error:
        raise TypeError(str(error)) from error


def dumps(data: Any) -> bytes:
    """Of a reply (`apps.common.replies`) or of plain data, in which naive instants are UTC."""
    if isinstance(data, msgspec.Struct):
        return _replies.encode(data)
    return orjson.dumps(data, default=_default, option=OPTIONS)
