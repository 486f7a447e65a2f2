"""The event backbone loses nothing, repeats nothing and keeps each booking's order while its
processes, its database and its brokers are killed and stopped. `make faults` does it for longer."""

from collections.abc import Iterator
from pathlib import Path

SHOWN = 12
SEED = 20261128


def last_lines(directory: Path, *names: str) -> Iterator[str]:
    """The ends of the logs of these processes: where a run fails elsewhere they tell why."""
    for name in names:
        yield f"== {name}"
        yield from (directory / f"{name}.log").read_text(errors="replace").splitlines()[-SHOWN:]
