"""The front end's packages, checks and build, made again only when their inputs change."""

import os
import subprocess
from pathlib import Path

from stack.common.paths import CACHE, FRONTEND, LOCAL, PYTHON, SPA_DIST
from stack.common.stamps import digest, is_current, set_stamp
from stack.setup.downloads import FIX, run_logged
from stack.setup.node import node_path, version

LOCK = FRONTEND / "package-lock.json"
NOT_BUILT = {"node_modules", "dist", "coverage"}


def make() -> None:
    install()
    build()


def install() -> None:
    stamp = FRONTEND / "node_modules" / ".stamp"
    wanted = digest([LOCK], str(version(node_path())))
    if is_current(stamp, wanted):
        return
    npm("ci", "--no-audit", "--no-fund", "--loglevel=http", fix=FIX)
    set_stamp(stamp, wanted)


def build() -> None:
    stamp = CACHE / "spa.stamp"
    wanted = digest(sources())
    if is_current(stamp, wanted) and (SPA_DIST / "index.html").exists():
        return
    npm("run", "build", fix="see the message above; `npm run build` in frontend/ repeats it")
    compress()
    set_stamp(stamp, wanted)


def write_types() -> None:
    """Writes src/api/schema.d.ts from docs/openapi.json."""
    install()
    npm("run", "api", fix="see the message above; `npm run api` in frontend/ repeats it")


def compress() -> None:
    """Puts a .gz beside each file, which WhiteNoise then sends."""
    command = [str(PYTHON), "-m", "whitenoise.compress", "--quiet", str(SPA_DIST)]
    run_logged(command, LOCAL / "logs" / "compress.log", cwd=FRONTEND, fix="see the message above")


def sources() -> list[Path]:
    return [path for path in FRONTEND.iterdir() if path.name not in NOT_BUILT]


def npm(*arguments: str, fix: str) -> None:
    log = LOCAL / "logs" / f"npm-{'-'.join(word for word in arguments if word[0] != '-')}.log"
    run_logged(["npm", *arguments], log, cwd=FRONTEND, environment=npm_environment(), fix=fix)


def npm_shown(*arguments: str) -> int:
    """Runs npm in full view; returns its exit code."""
    return subprocess.run(
        ["npm", *arguments], cwd=FRONTEND, env=npm_environment(), check=False
    ).returncode


def npm_environment() -> dict[str, str]:
    return {**os.environ, "PATH": node_path()}
