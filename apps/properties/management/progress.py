"""A bar for a person who watches; for a log, a line every few seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

SECONDS = 5.0
Progress = Callable[[str, int, int | None], None]


@contextmanager
def progress_for(out: Any) -> Iterator[Progress]:
    shown: _Bar | _Lines = _Bar() if sys.stderr.isatty() and out.isatty() else _Lines(out)
    try:
        yield shown.step
    finally:
        shown.close()


class _Bar:
    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._label = ""

    def step(self, label: str, done: int, total: int | None) -> None:
        if self._bar is None or label != self._label:
            self.close()
            self._bar, self._label = tqdm(desc=label, total=total), label
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


class _Lines:
    def __init__(self, out: Any) -> None:
        self._out = out
        self._last = time.monotonic()

    def step(self, label: str, done: int, total: int | None) -> None:
        if time.monotonic() - self._last < SECONDS:
            return
        self._last = time.monotonic()
        of = f" of {total:,}" if total else ""
        self._out.write(f"{label}: {done:,}{of}")
        self._out.flush()

    def close(self) -> None:
        pass
