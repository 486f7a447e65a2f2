"""Debian's podman and buildah as root, without a Docker engine, on a storage of their own."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from stack.common.paths import CACHE

STORAGE = ["--root", str(CACHE / "containers"), "--storage-driver", "overlay"]
STORAGE += ["--runroot", "/run/staywell-containers"]
# What a build needs of this machine to reach its package registries.
CLIENT_FILES = ("/etc/ssl/certs", "/etc/pip.conf", "/etc/npmrc", "/root/.npmrc", "/opt/wheels")
# runc by name and cgroupfs, since crun and systemd may both be missing in a small machine.
PODMAN = ["podman", *STORAGE, "--runtime", "runc", "--cgroup-manager", "cgroupfs"]
BUILDAH = ["buildah", *STORAGE]


def client_volumes() -> list[str]:
    found = [path for path in CLIENT_FILES if Path(path).exists()]
    return [word for path in found for word in ("--volume", f"{path}:{path}:ro")]


def podman(*words: str, check: bool = True) -> str:
    """What it prints; raises `CalledProcessError` that carries its errors."""
    done = subprocess.run([*PODMAN, *words], capture_output=True, text=True, check=check)
    return done.stdout.strip()


def podman_succeeds(*words: str) -> bool:
    return not subprocess.run([*PODMAN, *words], capture_output=True, check=False).returncode


def container_log(name: str) -> str:
    words = [*PODMAN, "logs", "--tail", "20", name]
    return subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    ).stdout


def run_command(name: str, image: str, environment: Sequence[str]) -> list[str]:
    """As strictly as Kubernetes runs it: read-only, without capabilities, on the host's network.
    The variables named in `environment` are copied from our own."""
    limits = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000"]
    strict = ["--read-only", "--tmpfs", "/tmp:mode=1777", "--cap-drop", "all"]  # noqa: S108
    strict += ["--security-opt", "no-new-privileges", "--network", "host"]
    variables = [word for variable in environment for word in ("--env", variable)]
    return [
        *PODMAN,
        "run",
        "--detach",
        "--no-healthcheck",
        "--name",
        name,
        *limits,
        *strict,
        *variables,
        image,
    ]
