"""Processes of our own that are started again whenever they end or hang, as by a supervisor."""

import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from stack.common.os_processes import PR_SET_PDEATHSIG
from stack.common.paths import ROOT
from stack.common.waiting import wait_until

LOOK_SECONDS = 0.1
# A heartbeat as old as what the manifests' liveness probe bears: three looks beyond a stale one.
HUNG_SECONDS = 60
STOP_SECONDS = 20


def _die_with_parent() -> None:
    """Hard: a process that is stopped does not hear a gentle signal."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """`starts` counts how often it was started. Signals go to it and to its children. One with a
    `heartbeat` file hangs when it no longer touches that, unless a signal stopped it."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        heartbeat: Path | None = None,
    ) -> None:
        self.name, self.command, self.environment, self.log = name, command, environment, log
        self.heartbeat = heartbeat
        self.starts = 0
        self._started_at = 0.0
        self._stopped = False
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        return self._popen.pid if self._popen else 0

    @property
    def is_alive(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    @property
    def hangs(self) -> bool:
        if self.heartbeat is None or self._stopped or not self.is_alive:
            return False
        touched = self.heartbeat.stat().st_mtime if self.heartbeat.exists() else 0.0
        return time.time() - max(touched, self._started_at) > HUNG_SECONDS

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(  # noqa: S603
                self.command,
                cwd=ROOT,
                env={**self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509
            )
        self.starts += 1
        self._started_at, self._stopped = time.time(), False

    def send(self, number: signal.Signals) -> bool:
        """False where it was not there."""
        if not self.is_alive:
            return False
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)
            self._stopped = number == signal.SIGSTOP
            return True
        return False

    def end(self) -> None:
        if self._popen and self.send(signal.SIGKILL):
            self._popen.wait(STOP_SECONDS)


class Restarter:
    """Keeps the processes running, from a thread of its own, until it is left. Ends what hangs."""

    def __init__(self, processes: Sequence[Process]) -> None:
        self.processes = {process.name: process for process in processes}
        self._held: set[str] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(STOP_SECONDS)

    def __getitem__(self, name: str) -> Process:
        return self.processes[name]

    def hold(self, name: str) -> None:
        """From now on it is not started, or not again."""
        self._held.add(name)

    def release(self, name: str) -> None:
        self._held.discard(name)

    def kill(self, name: str) -> bool:
        return self[name].send(signal.SIGKILL)

    def wait_started(self, name: str, starts: int, *, seconds: float = 60) -> None:
        wait_until(lambda: self[name].starts >= starts, f"a new {name}", seconds=seconds)

    def _run(self) -> None:
        """Children end with the thread that started them: all are started and ended here."""
        while not self._stop.is_set():
            for name, process in self.processes.items():
                if process.hangs:
                    process.end()
                if name not in self._held and not process.is_alive:
                    process.start()
            time.sleep(LOOK_SECONDS)
        for process in self.processes.values():
            process.end()
