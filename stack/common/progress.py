"""One line per step: what is done and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from stack.common.errors import StackError, tail

WIDTH = 46


@contextmanager
def step(name: str) -> Iterator[None]:
    began = time.monotonic()
    print(f"  {name:<{WIDTH}}", end="", flush=True)
    try:
        yield
    except BaseException:
        print(f"failed after {time.monotonic() - began:.1f} s", flush=True)
        raise
    print(f"{time.monotonic() - began:6.1f} s", flush=True)


def report(error: StackError) -> None:
    """What failed, the end of its log, and how to mend it."""
    sys.stdout.flush()
    lines = [f"\nFAILED: {error}"]
    if error.log:
        lines += [f"--- the end of {error.log}", tail(error.log), "---"]
    if error.mend:
        lines.append(f"To mend it: {error.mend}")
    print("\n".join(lines), file=sys.stderr)
