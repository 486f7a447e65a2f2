"""The command line behind the Makefile: `python -m stack COMMAND`."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from stack.commands import instances as commands
from stack.commands.lint import format_code
from stack.commands.status import status
from stack.commands.testing import bench, faults, image, lint_alone, loadtest, test
from stack.commands.up import up
from stack.common.errors import StackError
from stack.common.instances import INSTANCES, UP
from stack.common.progress import report
from stack.setup import frontend

RUN: Mapping[str, Callable[[argparse.Namespace], int | None]] = {
    "up": lambda given: up(split=given.split, data=given.data),
    "services": lambda given: commands.start_services(given.instance),
    "down": lambda given: commands.down(given.instance),
    "status": lambda given: status(given.instance),
    "logs": lambda given: commands.logs(given.instance, given.role),
    "reset": lambda given: commands.reset(given.instance, sure=given.yes),
    "exec": lambda given: commands.execute(given.instance, given.words),
    "lint": lambda _given: lint_alone(),
    "format": lambda _given: format_code(),
    "types": lambda _given: frontend.write_types(),
    "manifests": lambda _given: check_manifests(),
    "test": lambda given: test(given.words),
    "bench": lambda given: bench(given.words),
    "faults": lambda given: faults(given.words),
    "loadtest": lambda given: loadtest(given.users, given.minutes),
    "image": lambda given: image(registry=given.registry),
}


def check_manifests() -> int:
    """Imported late: it needs the packages of development, and `up` runs without them."""
    from stack.manifests import manifests

    return manifests()


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m stack")
    sub = top.add_subparsers(dest="command", required=True)
    found = {name: sub.add_parser(name) for name in RUN}
    found["up"].add_argument("--split", action="store_true")
    found["up"].add_argument("--data", type=Path)
    found["image"].add_argument("--registry", action="store_true")
    found["loadtest"].add_argument("--users", default="100")
    found["loadtest"].add_argument("--minutes", default="5")
    for name in ("services", "down", "status", "logs", "reset", "exec"):
        found[name].add_argument("--instance", type=INSTANCES.__getitem__, default=UP)
    found["logs"].add_argument("role", nargs="?")
    found["reset"].add_argument("--yes", action="store_true")
    for name in ("exec", "test", "bench", "faults"):
        found[name].add_argument("words", nargs="*")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    try:
        given = parser().parse_args(arguments)
        return RUN[given.command](given) or 0
    except StackError as error:
        report(error)
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
