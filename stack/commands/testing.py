"""`make test`, `make bench`, `make faults`: fresh services of their own, and nothing left running.

Whatever ends this process, the kernel ends supervisord and pytest with it.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from stack import services
from stack.commands.lint import lint
from stack.commands.up import downloads
from stack.common.errors import StackError
from stack.common.instances import E2E, TEST
from stack.common.lock import locked
from stack.common.os_processes import MARK, end_processes, end_with_parent
from stack.common.paths import PYTHON, ROOT
from stack.common.ports import require_free
from stack.common.progress import step, steps
from stack.images import build as images
from stack.processes import application
from stack.processes.stack import Stack
from stack.setup import frontend
from stack.setup.kubectl import find_kubectl

GENTLE_SECONDS = 60
# One more than there are cores: the heavy tests mostly wait (tests/distribution.py).
WORKERS = ("-n", "3", "--durations=25")


def test(words: Sequence[str]) -> int:
    """Everything; with words, only pytest, on those words."""
    with ended_by_signals(), locked(TEST):
        steps({**downloads(), "kubectl": find_kubectl})
        if not words:
            static_checks()
        return with_services([str(PYTHON), "-m", "pytest", *(words or WORKERS)])


def bench(words: Sequence[str]) -> int:
    with ended_by_signals(), locked(TEST):
        steps(downloads() if "pages" in words else services.downloads())
        return with_services([str(PYTHON), "-m", "bench", *words])


def faults(words: Sequence[str]) -> int:
    with ended_by_signals(), locked(TEST):
        steps(services.downloads())
        return with_services([str(PYTHON), "-m", "faults", *words])


def loadtest(users: str, minutes: str) -> int:
    with ended_by_signals(), locked(TEST):
        steps(downloads())
        words = ["-m", "jmeter", "--users", users, "--minutes", minutes]
        return with_services([str(PYTHON), *words])


def image(*, registry: bool) -> int:
    with ended_by_signals(), locked(TEST):
        images.build(registry=registry)
        steps(services.downloads())
        return with_services([str(PYTHON), "-m", "stack.images.containers"])


def lint_alone() -> int:
    with step("Packages of the front end"):
        frontend.install()
    return lint()


def static_checks() -> None:
    if lint():
        raise StackError(
            "lint", fix="`make format` fixes what ruff can, `make lint` repeats only this part"
        )
    if frontend.npm_shown("test"):
        raise StackError("the front end's tests", fix="`npm test` in frontend/ repeats them")


def with_services(command: Sequence[str]) -> int:
    """Runs a command beside fresh services. Returns its exit code."""
    stack = Stack(TEST)
    clean()
    try:
        stack.start_services(dies_with_us=True)
        environment = {**os.environ, **stack.environment, "DATASETS": str(datasets())}
        return watched(command, {**environment, MARK: str(TEST.directory)})
    finally:
        stack.stop()
        end_processes(E2E.directory)


def clean() -> None:
    """Ends and deletes what an earlier run left, and makes sure that the ports are free."""
    for instance in (E2E, TEST):
        end_processes(instance.directory)
    shutil.rmtree(E2E.directory, ignore_errors=True)
    shutil.rmtree(TEST.data, ignore_errors=True)
    TEST.make_directories()
    split = application.web_ports(E2E, split=True).values()
    require_free([TEST.ports.web, *split])


def datasets() -> Path:
    return Path(os.environ.get("DATASETS", ROOT.parent / "shared" / "data")).resolve()


def watched(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Ctrl-C reaches the command too; any other end of ours is passed on to it as Ctrl-C."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, preexec_fn=end_with_parent)  # noqa: PLW1509
    try:
        return process.wait()
    except KeyboardInterrupt:
        return process.wait(GENTLE_SECONDS)
    except SystemExit:
        process.send_signal(signal.SIGINT)
        process.wait(GENTLE_SECONDS)
        raise
    finally:
        process.kill()


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Makes SIGTERM and SIGHUP unwind the stack, so that every `finally` runs; Ctrl-C does anyway,
    but not where the shell that started us ignores it.
    """

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    handlers = {
        signal.SIGTERM: leave,
        signal.SIGHUP: leave,
        signal.SIGINT: signal.default_int_handler,
    }
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
