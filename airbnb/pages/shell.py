"""The built page of the SPA and its route table, as `npm run build` writes them."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from django.conf import settings

TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
DESCRIPTION = re.compile(r'\s*<meta name="description"[^>]*>')
NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


class Route(NamedTuple):
    """`files` are what its page loads beside the entry: scripts, then styles."""

    pattern: re.Pattern[str]
    path: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]

    @classmethod
    def of(cls, row: dict[str, list[str] | str]) -> Self:
        path = str(row["path"])
        return cls(_pattern(path), path, tuple(row["scripts"]), tuple(row["styles"]))


class Shell(NamedTuple):
    html: str
    routes: tuple[Route, ...]

    def route(self, address: str) -> Route | None:
        """The page at the path of an address; None where the SPA has none."""
        return next((each for each in self.routes if each.pattern.fullmatch(address)), None)

    def filled(self, *, head: str, body: str) -> str:
        """`head` takes the place of the title and the description, `body` of what is shown without
        scripts."""
        html = DESCRIPTION.sub("", self.html, count=1)
        html = TITLE.sub(lambda _: head, html, count=1)
        return NO_SCRIPT.sub(lambda _: body, html, count=1)


def shell() -> Shell | None:
    """None where the front end is not built."""
    folder = Path(settings.SPA_DIST or "/nonexistent")
    try:
        changed = (folder / "index.html").stat().st_mtime_ns
    except OSError:
        return None
    return _read(folder, changed)


@lru_cache(maxsize=2)
def _read(folder: Path, _changed: int) -> Shell:
    rows = json.loads((folder / "pages.json").read_text())["routes"]
    return Shell((folder / "index.html").read_text(), tuple(Route.of(row) for row in rows))


def _pattern(path: str) -> re.Pattern[str]:
    """`a/:b/:c?` as React Router means it."""
    parts = [part for part in path.split("/") if part]
    return re.compile("".join(map(_part, parts)) or "/")


def _part(part: str) -> str:
    if not part.startswith(":"):
        return f"/{re.escape(part)}"
    return "(?:/[^/]+)?" if part.endswith("?") else "/[^/]+"
