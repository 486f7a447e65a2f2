from typing import Any

import orjson
from bson import ObjectId

OPTIONS = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


def _default(value: Any) -> Any:
    if isinstance(value, ObjectId):
        return str(value)
    raise TypeError(f"{type(value)} has no JSON form")


def dumps(data: Any) -> bytes:
    """JSON with ObjectIds as hex and naive datetimes as UTC."""
    return orjson.dumps(data, default=_default, option=OPTIONS)
