"""down, reset, logs, services and exec of an instance."""

import os
import shutil
import sys
from collections.abc import Sequence

from stack.common.errors import StackError
from stack.common.instances import Instance
from stack.common.lock import locked
from stack.common.os_processes import marked
from stack.common.paths import ROOT
from stack.common.progress import step
from stack.processes.environment import instance_environment
from stack.processes.stack import Stack
from stack.processes.supervisor import Supervisor


def down(instance: Instance) -> None:
    with locked(instance):
        stop(instance)


def stop(instance: Instance) -> None:
    if not Supervisor(instance).is_up() and not marked(instance.directory):
        print(f"{instance.name} is down")
        return
    with step(f"Stopping {instance.name}"):
        Stack(instance).stop()


def reset(instance: Instance, *, sure: bool) -> None:
    question = f"Delete all data in {instance.directory}? [y/N] "
    if not sure and (not sys.stdin.isatty() or input(question).strip().lower() != "y"):
        raise StackError("nothing was deleted", fix="answer y, or `make reset YES=1`")
    with locked(instance):
        stop(instance)
        shutil.rmtree(instance.directory)
    print(f"{instance.directory} is deleted")


def logs(instance: Instance, name: str | None) -> None:
    """Becomes `tail` and follows."""
    found = sorted(instance.logs.glob(f"{name or '*'}.log"))
    if not found:
        known = ", ".join(sorted(path.stem for path in instance.logs.glob("*.log"))) or "none yet"
        raise StackError(f"no such log in {instance.logs}; there are: {known}")
    os.execvp(  # noqa: S606
        "tail", ["tail", "-n", "20", "-F", *map(str, found)]
    )


def start_services(instance: Instance) -> None:
    """Only MongoDB, Kafka and Redis, for work on the code; `down` stops them."""
    with locked(instance):
        Stack(instance).start_services()
    print(f"\nTheir addresses:  set -a; . {instance.directory / 'env'}; set +a")


def execute(instance: Instance, command: Sequence[str]) -> None:
    """Becomes the command, in the environment of the instance."""
    environment = {**os.environ, **instance_environment(instance)}
    os.chdir(ROOT)
    os.execvpe(command[0], list(command), environment)  # noqa: S606
