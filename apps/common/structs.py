"""Plain values read as structs of msgspec."""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

S = TypeVar("S", bound=msgspec.Struct)
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
