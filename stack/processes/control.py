"""Control of single processes of a running instance: ready, start, stop, kill, restarted."""

import os
import signal
import time
from collections.abc import Iterable, Mapping, Sequence

from stack.common.errors import StackError
from stack.common.instances import Instance
from stack.common.progress import detailed
from stack.common.waiting import wait_until
from stack.processes import application
from stack.processes.readiness import readiness
from stack.processes.supervisor import Supervisor

LOOK = "`make logs` shows all logs, `make status` which process is not ready"
CRASH_SECONDS = 20
# A machine at a load of 22 for two cores needed 91 s.
READY_SECONDS = 240


class Control:
    def __init__(self, instance: Instance, *, split: bool) -> None:
        self.instance = instance
        self.split = split
        self.supervisor = Supervisor(instance)

    def wait_ready(self, names: Sequence[str], *, seconds: float = READY_SECONDS) -> None:
        """Gives up early on a process that ends again and again."""
        began, missing = time.monotonic(), dict.fromkeys(names, "")
        with detailed(lambda: f"waiting for {', '.join(missing)}"):
            while missing := self.not_ready(names):
                waited = time.monotonic() - began
                crashing = self.crashing(missing) if waited > CRASH_SECONDS else []
                if crashing or waited > seconds:
                    raise self.failure({name: missing[name] for name in crashing or missing})
                time.sleep(0.25)

    def crashing(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self.supervisor.process(name)["statename"] == "BACKOFF"]

    def failure(self, missing: Mapping[str, str]) -> StackError:
        reasons = "; ".join(f"{name} ({why})" if why else name for name, why in missing.items())
        log = self.instance.logs / f"{next(iter(missing))}.log"
        return StackError(f"not ready: {reasons}", log=log, fix=LOOK)

    def not_ready(self, names: Sequence[str]) -> dict[str, str]:
        found = {}
        for name in names:
            state = readiness(self.instance, name, split=self.split)
            if not state.ready:
                found[name] = state.detail
        return found

    def start_process(self, name: str) -> None:
        application.heartbeat(self.instance, name).unlink(missing_ok=True)
        self.supervisor.start_programs([name])
        self.wait_ready([name])

    def stop_process(self, name: str) -> None:
        self.supervisor.stop_programs([name])

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> int:
        """Sends the process a signal and returns the pid that it had."""
        pid = int(self.supervisor.process(name)["pid"])
        os.kill(pid, number)
        return pid

    def wait_restarted(self, name: str, old_pid: int, *, seconds: float = 60) -> int:
        """Until the supervisor has put a new, ready process in its place. Returns the new pid."""
        application.heartbeat(self.instance, name).unlink(missing_ok=True)

        def replaced() -> bool:
            return self.supervisor.process(name)["pid"] not in {0, old_pid}

        wait_until(replaced, f"a new process of {name}", seconds=seconds)
        self.wait_ready([name], seconds=seconds)
        return int(self.supervisor.process(name)["pid"])
