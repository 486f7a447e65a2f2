"""One running copy of the system. The command line and the end-to-end tests both drive this class.

    with Stack(E2E, split=True) as stack:
        pid = stack.kill("relay")
        stack.wait_restarted("relay", pid)

Services that the environment names (MONGODB_URI, ...) are used as they are; others are started.
"""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from stack import services
from stack.common.errors import StackError
from stack.common.instances import Instance
from stack.common.os_processes import end_processes
from stack.common.ports import require_free
from stack.common.progress import step
from stack.processes import application, gateway
from stack.processes.control import Control
from stack.processes.environment import instance_environment, write_environment
from stack.processes.programs import Program
from stack.services.external import require_answers
from stack.setup.data import import_data, set_up


class Stack(Control):
    def __init__(
        self, instance: Instance, *, split: bool = False, environ: Mapping[str, str] | None = None
    ) -> None:
        if instance.borrows_services:
            prefix = f"{instance.name}-{time.time_ns():x}-"
            instance = replace(instance, kafka_prefix=prefix)
        super().__init__(instance, split=split)
        self.environ = dict(os.environ if environ is None else environ)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.instance.ports.web}"

    @cached_property
    def environment(self) -> dict[str, str]:
        return instance_environment(self.instance, self.environ)

    @cached_property
    def services(self) -> list[Program]:
        return services.programs(self.instance, self.environ)

    @cached_property
    def applications(self) -> list[Program]:
        found = application.programs(self.instance, self.environment, split=self.split)
        return [*found, gateway.program(self.instance)] if self.split else found

    def start(self, *, data: Path | None = None, dies_with_us: bool = False) -> None:
        self.prepare(data=data, dies_with_us=dies_with_us)
        self.start_applications()

    def prepare(self, *, data: Path | None = None, dies_with_us: bool = False) -> None:
        """Starts the services and fills them with what the applications need."""
        self.start_services(self.applications, dies_with_us=dies_with_us)
        if self.instance.borrows_services:
            services.erase(self.instance.database, self.environment)
        set_up(self.instance, self.environment)
        if data:
            import_data(data, self.environment)

    def start_services(
        self, applications: Sequence[Program] = (), *, dies_with_us: bool = False
    ) -> None:
        """Leaves running services alone; processes of ours that run are stopped."""
        self.instance.make_directories()
        write_environment(self.instance, self.environment)
        names = [program.name for program in self.services]
        with step(", ".join(names) or "Services named in the environment"):
            require_answers(self.environ)
            self.supervise([*self.services, *applications], dies_with_us=dies_with_us)
            services.prepare(self.instance, names)
            self.supervisor.start_programs(names)
            services.wait_ready(self.instance, names)

    def supervise(self, programs: Sequence[Program], *, dies_with_us: bool) -> None:
        if self.supervisor.is_up():
            self.supervisor.stop_programs(self.running_applications())
            self.supervisor.write(programs)
            self.supervisor.reload()
            return
        end_processes(self.instance.directory)
        require_free(self.ports(programs))
        self.supervisor.write(programs)
        self.supervisor.start(dies_with_us=dies_with_us)

    def running_applications(self) -> list[str]:
        ours = {"mongod", "kafka", "redis"}
        return [info["name"] for info in self.supervisor.processes() if info["name"] not in ours]

    def ports(self, programs: Sequence[Program]) -> list[int]:
        names = {program.name for program in programs}
        web = application.web_ports(self.instance, split=self.split)
        own = [port for name, port in web.items() if name in names]
        own += [self.instance.ports.web] if "gateway" in names else []
        return own + services.ports(self.instance, [p.name for p in self.services])

    def start_applications(self) -> None:
        names = [program.name for program in self.applications]
        for name in names:
            application.heartbeat(self.instance, name).unlink(missing_ok=True)
        with step(f"{len(names)} processes"):
            self.supervisor.start_programs(names)
            self.wait_ready(names)

    def stop(self) -> None:
        """Everything of this instance, in order and within bounds; nothing else."""
        if self.supervisor.is_up():
            try:
                self.supervisor.shutdown()
            except StackError as error:
                print(error)
        end_processes(self.instance.directory)

    def __enter__(self) -> Self:
        try:
            self.start(dies_with_us=True)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
