"""Threads that read new structs at the same instant, again and again. With a word, undecorated."""

import sys
import threading

import msgspec

from apps.common.json import _readable, read, readable

THREADS, TIMES = 6, 300


def race() -> None:
    class Day(msgspec.Struct, frozen=True):
        high: float
        note: str | None = None

    class Week(msgspec.Struct, frozen=True):
        days: list[Day]
        place: str

    if len(sys.argv) > 1:
        _readable.add(Week)
    else:
        readable(Week)
    start = threading.Barrier(THREADS)

    def first() -> None:
        start.wait()
        read({"days": [{"high": 21.5}], "place": "Rome"}, Week)

    threads = [threading.Thread(target=first) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    sys.setswitchinterval(1e-6)
    for _ in range(TIMES):
        race()
