"""The one error of the local stack: what failed, the log that says why, and how to fix it."""

from pathlib import Path


class StackError(Exception):
    def __init__(self, message: str, *, log: Path | None = None, fix: str = "") -> None:
        super().__init__(message)
        self.log = log
        self.fix = fix


def tail(path: Path, lines: int = 40) -> str:
    """The last lines of a log; empty when there is none."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
