"""Stamps: for which inputs something was made, so that it is made again only when they change."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

IGNORED = {"node_modules", "dist", "__pycache__", "coverage", "tests"}


def files_below(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        found += walk(path) if path.is_dir() else [path]
    return sorted(found)


def walk(folder: Path) -> list[Path]:
    below = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in below if not IGNORED & set(path.relative_to(folder).parts)]


def digest(paths: Iterable[Path], *extra: str) -> str:
    """One hash of the files' names and contents; folders count with all below them."""
    total = sha256("\0".join(extra).encode())
    for path in files_below(paths):
        total.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def set_stamp(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
