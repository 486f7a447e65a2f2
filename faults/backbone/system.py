"""Which processes a section has, where they are, and whether they are ready."""

import os
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from faults.backbone.processes import Process, Restarter
from faults.backbone.workers import MODULE
from stack.common.limits import no_limits
from stack.common.waiting import wait_until
from stack.processes.application import ENTRYPOINT
from stack.processes.readiness import answer
from stack.services.clusters import free_ports

READY_SECONDS = 120


@dataclass(frozen=True)
class Kind:
    """`role` is one of `airbnb/roles.py`; with `words` it is played by `workers.py`."""

    role: str
    words: Sequence[str] = ()
    web: bool = False
    more: Mapping[str, str] | None = None

    def command(self) -> list[str]:
        if self.words:
            return [sys.executable, "-m", MODULE, *self.words]
        return [sys.executable, str(ENTRYPOINT)]


def own_environment(section: str, **variables: str) -> dict[str, str]:
    """A database and topics that nobody else has, and no limit on calls."""
    mark = f"{section}-{uuid.uuid4().hex[:6]}"
    return {
        **os.environ,
        **no_limits(),
        "MONGODB_DATABASE": f"airbnb_faults_{mark}",
        "KAFKA_PREFIX": f"{mark}-",
        "DJANGO_SETTINGS_MODULE": "faults.backbone.settings",
        "LOG_LEVEL": "INFO",
        "PYTHONUNBUFFERED": "1",
        "WEB_WORKERS": "1",
        **variables,
    }


class System:
    """Processes by name, kept running. What they log stands in `directory`."""

    def __init__(
        self, directory: Path, kinds: Mapping[str, Kind], environment: Mapping[str, str]
    ) -> None:
        self.directory, self.kinds = directory, kinds
        web = [name for name, kind in kinds.items() if kind.web]
        self.ports = dict(zip(web, free_ports(len(web)), strict=True))
        self.restarter = Restarter([self._process(name, environment) for name in kinds])

    def _process(self, name: str, environment: Mapping[str, str]) -> Process:
        kind, metrics = self.kinds[name], self.directory / f"metrics-{name}"
        metrics.mkdir(parents=True)
        own = {
            "SERVICE_ROLE": kind.role,
            "HEARTBEAT_FILE": str(self.heartbeat(name)),
            "PROMETHEUS_MULTIPROC_DIR": str(metrics),
            "FAULTS_NAME": name,
            **(kind.more or {}),
        }
        if kind.web:
            own["BIND"] = f"127.0.0.1:{self.ports[name]}"
        elif kind.role.startswith("consumer"):
            own["KAFKA_INSTANCE_ID"] = name
        log = self.directory / f"{name}.log"
        beats = None if kind.web else self.heartbeat(name)
        return Process(name, kind.command(), {**environment, **own}, log, beats)

    def heartbeat(self, name: str) -> Path:
        return self.directory / f"heartbeat-{name}"

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def __getitem__(self, name: str) -> Process:
        return self.restarter[name]

    def __enter__(self) -> Self:
        self.restarter.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.restarter.__exit__()

    def start(self, *names: str) -> None:
        """Those that were held back, and all of them until they are ready."""
        for name in names:
            self.restarter.release(name)
        self.wait_ready(names)

    def wait_ready(self, names: Sequence[str] = ()) -> None:
        for name in names or self.kinds:
            wait_until(partial(self.is_ready, name), name, seconds=READY_SECONDS)

    def is_ready(self, name: str) -> bool:
        if name in self.ports:
            return answer(f"{self.url(name)}/readyz").ready
        return self.heartbeat(name).exists()
