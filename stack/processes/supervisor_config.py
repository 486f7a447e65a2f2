"""The configuration file of an instance's supervisord."""

import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from stack.common.instances import Instance
from stack.common.paths import ROOT
from stack.processes.programs import Program, escaped, section

LONGEST_SOCKET_PATH = 85


def configuration(instance: Instance, programs: Sequence[Program]) -> str:
    socket = escaped(str(socket_path(instance)))
    head = f"""\
[unix_http_server]
file={socket}
chmod=0700

[supervisord]
logfile={escaped(str(instance.logs / "supervisord.log"))}
logfile_maxbytes=10MB
logfile_backups=3
pidfile={escaped(str(instance.run / "supervisord.pid"))}
directory={escaped(str(ROOT))}
nodaemon=true
minfds=4096
silent=true

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{socket}

"""
    logs = str(instance.logs)
    return head + "\n".join(section(program, str(ROOT), logs) for program in programs)


def socket_path(instance: Instance) -> Path:
    """In the instance's folder, unless that is too long for a unix socket's address."""
    path = instance.run / "supervisor.sock"
    if len(str(path)) <= LONGEST_SOCKET_PATH:
        return path
    digest = sha256(str(path).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"airbnb-{digest}.sock"
