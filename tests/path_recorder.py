"""Records the project's files in whose functions a run enters, in the order of the first entry."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType

from django.test.signals import template_rendered

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ("airbnb", "apps")


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Fills the list at its end."""
    found: dict[str, None] = {}
    files: list[str] = []

    def enter(frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and _named(name) and _named(name) not in found and not _is_import(frame):
            _add(found, name)

    def rendered(template, **_) -> None:
        _add(found, template.origin.name)

    template_rendered.connect(rendered)
    threading.setprofile(enter)
    sys.setprofile(enter)
    try:
        yield files
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        template_rendered.disconnect(rendered)
        files += found


def _is_import(frame: FrameType | None) -> bool:
    """Whether it runs because a module of the project is being imported."""
    while frame is not None:
        if frame.f_code.co_name == "<module>" and _named(frame.f_code.co_filename):
            return True
        frame = frame.f_back
    return False


def _add(found: dict[str, None], name: str) -> None:
    if path := _named(name):
        found.setdefault(path)


@cache
def _named(name: str) -> str:
    """Returns the path inside the project, or nothing for what is not the project's own."""
    path = Path(name)
    if not path.is_relative_to(ROOT):
        return ""
    parts = path.relative_to(ROOT).parts
    return "/".join(parts) if parts[0] in PROJECT and "tests" not in parts else ""
