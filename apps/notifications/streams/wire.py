"""The text of an event stream (server-sent events).

An `id` is a position: milliseconds of the clock, up to which everything committed was sent.
"""

import random
from typing import Any

from apps.common.json import dumps
from apps.common.replies import Reply

# Spread, so that the streams that a restart ends do not all come back in one moment.
RETRY_MS = (1_000, 4_000)


def retry() -> bytes:
    return b"retry: %d\n\n" % random.randint(*RETRY_MS)  # noqa: S311


def event(name: str, data: Reply | dict[str, Any], position: int | None = None) -> bytes:
    at = b"" if position is None else b"id: %d\n" % position
    return b"event: %s\n%sdata: %s\n\n" % (name.encode(), at, dumps(data))


def keep_alive(position: int) -> bytes:
    """A comment; the id beside it moves the point from which the client would resume."""
    return b": keep-alive\nid: %d\n\n" % position
