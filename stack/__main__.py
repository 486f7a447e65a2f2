"""The command line behind the Makefile: `python -m stack COMMAND`."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from stack.commands import instances as commands
from stack.commands.lint import format_code
from stack.commands.status import status
from stack.commands.testing import bench, faults, image, lint_alone, loadtest, test
from stack.commands.unit import test_unit
from stack.commands.up import up
from stack.common.errors import StackError
from stack.common.instances import INSTANCES, UP
from stack.common.progress import report
from stack.setup import frontend

RUN: Mapping[str, Callable[[argparse.Namespace], int | None]] = {
    "up": lambda options: up(split=options.split, data=options.data),
    "services": lambda options: commands.start_services(options.instance),
    "down": lambda options: commands.down(options.instance),
    "status": lambda options: status(options.instance),
    "logs": lambda options: commands.logs(options.instance, options.role),
    "reset": lambda options: commands.reset(options.instance, sure=options.yes),
    "exec": lambda options: commands.execute(options.instance, options.words),
    "lint": lambda _options: lint_alone(),
    "format": lambda _options: format_code(),
    "types": lambda _options: frontend.write_types(),
    "manifests": lambda _options: check_manifests(),
    "pins": lambda _options: renew_pins(),
    "test": lambda options: test(options.words),
    "test-unit": lambda options: test_unit(options.words),
    "bench": lambda options: bench(options.words),
    "faults": lambda options: faults(options.words),
    "loadtest": lambda options: loadtest(options.users, options.minutes),
    "image": lambda options: image(registry=options.registry),
}


def check_manifests() -> int:
    """Imported late: it needs the packages of development, and `up` runs without them."""
    from stack.manifests import manifests

    return manifests()


def renew_pins() -> None:
    from stack.images import pins

    pins.renew()


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
    for name in ("exec", "test", "test-unit", "bench", "faults"):
        found[name].add_argument("words", nargs="*")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    try:
        options = parser().parse_args(arguments)
        return RUN[options.command](options) or 0
    except StackError as error:
        report(error)
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
