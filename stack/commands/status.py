"""`make status`: each process with its pid, its uptime and whether it is ready."""

from collections.abc import Mapping
from typing import Any

from stack.common.instances import Instance
from stack.processes.readiness import readiness
from stack.processes.supervisor import Supervisor

LINE = "{name:<24}{state:<10}{pid:>8}{uptime:>11}  {ready}"


def status(instance: Instance) -> int:
    """Prints the table; 0 when everything is ready."""
    supervisor = Supervisor(instance)
    if not supervisor.is_up():
        print(f"{instance.name} is down")
        return 1
    processes = supervisor.processes()
    split = any(info["name"] == "gateway" for info in processes)
    print(LINE.format(name="process", state="state", pid="pid", uptime="uptime", ready="ready"))
    return max([show(instance, info, split=split) for info in processes], default=1)


def show(instance: Instance, info: Mapping[str, Any], *, split: bool) -> int:
    running = info["statename"] in {"RUNNING", "STARTING"}
    state = readiness(instance, info["name"], split=split) if running else None
    ready = bool(state and state.ready)
    print(
        LINE.format(
            name=info["name"],
            state=info["statename"].lower(),
            pid=info["pid"] or "-",
            uptime=duration(info["now"] - info["start"]) if running else "-",
            ready="ready" if ready else f"NOT READY {state.detail if state else ''}".rstrip(),
        )
    )
    return 0 if ready else 1


def duration(seconds: int) -> str:
    hours, rest = divmod(max(seconds, 0), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"
