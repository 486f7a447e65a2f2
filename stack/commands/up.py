"""`make up`: from whatever state this machine is in to a running system."""

import time
from collections.abc import Callable
from pathlib import Path

from stack import services
from stack.common.errors import StackError
from stack.common.instances import UP
from stack.common.lock import locked
from stack.common.paths import ROOT
from stack.common.progress import beside, step, steps
from stack.common.stamps import digest, is_current, set_stamp
from stack.processes.stack import Stack
from stack.setup import frontend

SOURCES = [
    ROOT / name for name in ("airbnb", "apps", "docker", "stack", "manage.py", "requirements")
]
WEB_APP = "Web app: packages and build"
SUMMARY = """
Ready at {url}{already}

  Demo accounts (password of all: demo-stay-2026)
    traveler@example.com   searches and books
    owner@example.com      accepts and declines
    admin@example.com      {url}/admin/

  Logs   {logs}   (`make logs`, `make logs ROLE=relay`)
  More   `make status`, `make down`, `make reset`; this took {seconds:.0f} s
"""


def up(*, split: bool, data: Path | None) -> None:
    began = time.monotonic()
    if data and not data.is_dir():
        raise StackError(f"DATA={data} is not a folder", fix="name the folder of a dump")
    with locked(UP):
        stack = Stack(UP, split=split)
        with beside(WEB_APP, frontend.make) as wait_for_web_app:
            steps(services.downloads())
            already = is_running(stack) and not data
            if not already:
                stack.prepare(data=data)
            wait_for_web_app()
        if not already:
            stack.start_applications()
            set_stamp(code_stamp(), code(stack))
    note = " (it was up already, all processes are ready)" if already else ""
    seconds = time.monotonic() - began
    print(SUMMARY.format(url=stack.url, already=note, logs=UP.logs, seconds=seconds))


def downloads() -> dict[str, Callable[[], object]]:
    """What is fetched and built beside the Python packages, by name."""
    return {**services.downloads(), WEB_APP: frontend.make}


def is_running(stack: Stack) -> bool:
    """Up with the code and the settings of now, and every process ready."""
    if not stack.supervisor.is_up() or not is_current(code_stamp(), code(stack)):
        return False
    names = [program.name for program in [*stack.services, *stack.applications]]
    with step(f"Up already: checking {len(names)} processes"):
        return sorted(stack.supervisor.running(names)) == sorted(names) and not stack.not_ready(
            names
        )


def code(stack: Stack) -> str:
    return digest(SOURCES, str(stack.split), str(stack.environment))


def code_stamp() -> Path:
    return UP.run / "code.stamp"
