"""Fetches what the services need, once, into `.local/cache`; each file is checked on its way."""

import hashlib
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from stack.common.errors import StackError
from stack.common.paths import CACHE, PYTHON
from stack.common.progress import following

FIX = "check that this machine reaches the package registry, then run the same command again"


def run_logged(
    command: Sequence[str],
    log: Path,
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    fix: str,
) -> None:
    """Runs a command with its output in `log`; a failure carries the log and how to fix it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output, following(log):
        done = subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise StackError(f"`{' '.join(command)}` failed", log=log, fix=fix)


def fetch(command: Sequence[str], name: str, *, cwd: Path | None = None) -> None:
    run_logged(command, CACHE / "logs" / f"{name}.log", cwd=cwd, fix=FIX)


def download_wheel(requirement: Path, folder: Path) -> Path:
    """The wheel that a one-line requirements file names by its hash; it is not installed."""
    pip("download", requirement, "-d", str(folder))
    return next(folder.glob("*.whl"))


def install_wheel(requirement: Path, folder: Path) -> None:
    """Installs that wheel into a folder of its own, apart from the virtual environment."""
    pip("install", requirement, "-t", str(folder))


def pip(action: str, requirement: Path, *words: str) -> None:
    command = [str(PYTHON), "-m", "pip", action, "--no-deps", "--only-binary=:all:"]
    command += ["--require-hashes", "-r", str(requirement), *words]
    fetch(command, requirement.stem)


def sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
