"""What the supervisor knows of one process, and how its configuration is written."""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stack.common.errors import StackError

SERVICE, APPLICATION, GATEWAY = 10, 50, 90


@dataclass(frozen=True)
class Program:
    """`stage` orders start and stop: services start first and stop last."""

    name: str
    command: Sequence[str]
    stage: int
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_seconds: int = 20
    stop_signal: str = "TERM"


def section(program: Program, directory: str, logs: str) -> str:
    """One [program:...] section. Retries back off by a second more each time and never give up."""
    settings = {
        "command": escaped(shlex.join(program.command)),
        "directory": escaped(directory),
        "environment": pairs(program.environment),
        "priority": program.stage,
        "autostart": "false",
        "autorestart": "true",
        "startsecs": 2,
        "startretries": 1000000,
        "stopsignal": program.stop_signal,
        "stopwaitsecs": program.stop_seconds,
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": escaped(f"{logs}/{program.name}.log"),
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": 3,
    }
    lines = [f"{name}={value}" for name, value in settings.items() if value != ""]
    return "\n".join([f"[program:{program.name}]", *lines, ""])


def pairs(environment: Mapping[str, str]) -> str:
    """KEY="value",... as supervisord reads it: it knows no escapes, so some values cannot pass."""
    for name, value in environment.items():
        if re.search(r'["\n]|\s[;#]', value):
            raise StackError(f"{name} has a character that supervisord cannot pass on: {value!r}")
    return ",".join(f'{name}="{escaped(value)}"' for name, value in environment.items())


def escaped(value: str) -> str:
    return value.replace("%", "%%")
