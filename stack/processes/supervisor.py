"""Starts one supervisord per instance and speaks to it over its unix socket.

supervisord restarts what dies. We start each program; nothing starts by itself.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport  # type: ignore[import-untyped]

from stack.common.errors import StackError
from stack.common.instances import Instance
from stack.common.os_processes import MARK, alive, end_with_parent
from stack.common.paths import PYTHON, ROOT
from stack.common.progress import detailed
from stack.common.waiting import wait_until
from stack.processes.programs import Program
from stack.processes.supervisor_config import configuration, socket_path

RUNNING_STATES = ("STARTING", "RUNNING", "BACKOFF")


class Supervisor:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.file = instance.run / "supervisord.conf"

    @property
    def rpc(self) -> Any:
        """A connection of its own for each call: the transport cannot fix a broken one."""
        transport = SupervisorTransport("", "", f"unix://{socket_path(self.instance)}")
        return ServerProxy("http://127.0.0.1", transport=transport).supervisor

    def is_up(self) -> bool:
        try:
            return bool(self.rpc.getState()["statename"] == "RUNNING")
        except (OSError, Fault):
            return False

    def write(self, programs: Sequence[Program]) -> None:
        self.instance.make_directories()
        self.file.write_text(configuration(self.instance, programs))

    def start(self, *, dies_with_us: bool = False) -> None:
        """`dies_with_us`: the kernel ends supervisord, and so the stack, when this process ends."""
        process = subprocess.Popen(
            [PYTHON, "-m", "supervisor.supervisord", "-c", str(self.file)],
            cwd=ROOT,
            env={**os.environ, MARK: str(self.instance.directory)},
            stdin=subprocess.DEVNULL,
            stdout=(self.instance.logs / "supervisord.out").open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent if dies_with_us else None,  # noqa: PLW1509
        )
        wait_until(lambda: process.poll() is not None or self.is_up(), "supervisord", seconds=20)
        if process.poll() is not None:
            log = self.instance.logs / "supervisord.out"
            raise StackError("supervisord did not start", log=log)

    def reload(self) -> None:
        """Loads a changed configuration; changed and removed programs are stopped."""
        added, changed, removed = self.rpc.reloadConfig()[0]
        for name in [*removed, *changed]:
            self.rpc.stopProcessGroup(name)
            self.rpc.removeProcessGroup(name)
        for name in [*added, *changed]:
            self.rpc.addProcessGroup(name)

    def processes(self) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = self.rpc.getAllProcessInfo()
        return found

    def process(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.rpc.getProcessInfo(name)
        return found

    def start_programs(self, names: Sequence[str]) -> None:
        for name in names:
            if self.process(name)["statename"] not in RUNNING_STATES:
                self.rpc.startProcess(name, False)

    def stop_programs(self, names: Sequence[str]) -> None:
        for name in names:
            if self.process(name)["statename"] in RUNNING_STATES:
                self.rpc.stopProcess(name, False)
        wait_until(lambda: not self.running(names), f"stopping {list(names)}", seconds=40)

    def running(self, names: Sequence[str]) -> list[str]:
        states = (*RUNNING_STATES, "STOPPING")
        return [
            p["name"] for p in self.processes() if p["name"] in names if p["statename"] in states
        ]

    def stages(self) -> list[list[str]]:
        """The names of the programs, those first that stop first."""
        by_stage: dict[int, list[str]] = {}
        for info in self.rpc.getAllConfigInfo():
            by_stage.setdefault(info["process_prio"], []).append(info["name"])
        return [by_stage[stage] for stage in sorted(by_stage, reverse=True)]

    def shutdown(self, *, seconds: float = 30) -> None:
        """Stops everything, a stage at once (supervisord alone stops one by one), and itself."""
        for names in self.stages():
            with detailed(partial(", ".join, names)):
                self.stop_programs(names)
        pid = self.rpc.getPID()
        self.rpc.shutdown()
        wait_until(lambda: not alive(pid), "supervisord's end", seconds=seconds)
