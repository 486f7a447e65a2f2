"""A line for each step: what is done and how long it took; longer ones show that they move."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from stack.common.errors import StackError, tail

WIDTH = 46
# On a terminal one line counts the seconds; elsewhere a new line says now and then what goes on.
TERMINAL_SECONDS, OTHER_SECONDS = 1, 5
LINE = 60
CLEAR = "\r\033[K"
# Running now: jobs beside the steps, and what says how far a step is.
_beside: list[str] = []
_details: list[Callable[[], str]] = []


@contextmanager
def step(name: str) -> Iterator[None]:
    began = time.monotonic()
    try:
        with moving(lambda: name):
            yield
    except BaseException:
        _ended(name, began, "failed after ")
        raise
    _ended(name, began)


def steps(jobs: Mapping[str, Callable[[], object]]) -> None:
    """Runs the jobs at the same time, with a line for each as it ends; then raises what failed."""
    began, running = time.monotonic(), dict.fromkeys(jobs)
    with ThreadPoolExecutor(max(1, len(jobs))) as pool, moving(lambda: ", ".join(running)):
        futures = {pool.submit(job): name for name, job in jobs.items()}
        for future in as_completed(futures):
            del running[futures[future]]
            _ended(futures[future], began, "failed after " if future.exception() else "")
    for future in futures:
        future.result()


@contextmanager
def beside(name: str, job: Callable[[], object]) -> Iterator[Callable[[], None]]:
    """Runs the job beside the steps of the block; what it yields waits for the job."""
    began = time.monotonic()

    def run() -> None:
        _beside.append(name)
        how = "failed after "
        try:
            job()
            how = ""
        finally:
            _beside.remove(name)
            _ended(name, began, how)

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(run)

        def wait() -> None:
            with moving(lambda: ""):
                future.result()

        yield wait


@contextmanager
def detailed(detail: Callable[[], str]) -> Iterator[None]:
    """A step that lasts shows this too."""
    _details.append(detail)
    try:
        yield
    finally:
        _details.remove(detail)


def following(log: Path) -> AbstractContextManager[None]:
    """A step that lasts shows the last line of this log."""
    return detailed(lambda: tail(log, 1))


@contextmanager
def moving(name: Callable[[], str]) -> Iterator[None]:
    """Shows every now and then what is done, for how long, and how far it is."""

    def names() -> str:
        return ", ".join(filter(None, [name(), *_beside]))

    if sys.stdout.isatty():
        print(f"  {names():<{WIDTH}}", end="", flush=True)
    ended = threading.Event()
    ticker = threading.Thread(target=_tick, args=(names, ended), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        ended.set()
        ticker.join()


def _tick(name: Callable[[], str], ended: threading.Event) -> None:
    began, on_terminal = time.monotonic(), sys.stdout.isatty()
    start, end = (CLEAR, "") if on_terminal else ("", "\n")
    while not ended.wait(TERMINAL_SECONDS if on_terminal else OTHER_SECONDS):
        seconds = f"{time.monotonic() - began:6.0f} s"
        print(f"{start}  {name():<{WIDTH}}{seconds} ... {_detail()}", end=end, flush=True)


def _detail() -> str:
    """Of what began last and has something to say."""
    lines = (detail().strip() for detail in reversed(tuple(_details)))
    return next((line[:LINE] for line in lines if line), "")


def _ended(name: str, began: float, how: str = "") -> None:
    show(name, time.monotonic() - began, how)


def show(name: str, seconds: float, how: str = "") -> None:
    """The line of a step that has ended."""
    start = CLEAR if sys.stdout.isatty() else ""
    print(f"{start}  {name:<{WIDTH}}{how}{seconds:6.1f} s", flush=True)


def report(error: StackError) -> None:
    """What failed, the end of its log, and how to fix it."""
    sys.stdout.flush()
    lines = [f"\nFAILED: {error}"]
    if error.log:
        lines += [f"--- the end of {error.log}", tail(error.log), "---"]
    if error.fix:
        lines.append(f"To fix it: {error.fix}")
    print("\n".join(lines), file=sys.stderr)
