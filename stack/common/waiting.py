"""Waiting with a deadline: asks again and again, never sleeps blindly."""

import time
from collections.abc import Callable

from stack.common.errors import StackError


def wait_until(ready: Callable[[], bool], what: str, *, seconds: float, pause: float = 0.1) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise StackError(f"{what}: not within {seconds:.0f} s")
        time.sleep(pause)
