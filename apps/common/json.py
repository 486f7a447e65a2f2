"""JSON as the API writes it: ObjectIds as hex, instants in UTC to the second; and plain values read
as structs."""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
import orjson
from bson import Int64, ObjectId

S = TypeVar("S", bound=msgspec.Struct)
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


_readable: set[type[msgspec.Struct]] = set()


def readable(kind: type[S]) -> type[S]:
    """Decorates a struct that values are read as: what msgspec has to know of its type is found out
    here, where one thread loads the module. Left to the first `convert`, it is seen half done by
    the other threads, and the process ends by a segmentation fault (msgspec 0.22)."""
    msgspec.json.Decoder(kind)
    _readable.add(kind)
    return kind


def read(value: Any, kind: type[S]) -> S:
    """Raises `msgspec.ValidationError` for what does not fit, `TypeError` without `readable`."""
    if kind not in _readable:
        raise TypeError(f"{kind.__name__} is not decorated with `readable`")
    return msgspec.convert(value, kind)


def read_each(values: Iterable[Any], kind: type[S]) -> list[S]:
    return [read(value, kind) for value in values]
