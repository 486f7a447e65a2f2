"""gunicorn with the process model of production, in front of either application."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from stack.common.limits import no_limits

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 30


@contextmanager
def serving(
    application: str,
    *,
    port: int,
    scratch: Path,
    role: str = "all",
    group: Path | None = None,
    kept_seconds: str = "0",
) -> Iterator[str]:
    """The URL of `application` (module:name) while it runs, as it runs in production: with its
    log, which goes into `scratch`, and with its figures; in the cgroup of the file `group`."""
    command = [sys.executable, "-m", "gunicorn", "--config", "docker/gunicorn.conf.py", application]
    if group:
        command = ["sh", "-c", f'echo $$ > {group}; exec "$@"', "sh", *command]
    figures = scratch / f"metrics-{port}"
    figures.mkdir()
    own = {
        "BIND": f"127.0.0.1:{port}",
        "SERVICE_ROLE": role,
        "LOG_LEVEL": "INFO",
        "MEDIA_ROOT": str(scratch / "media"),
        "PROMETHEUS_MULTIPROC_DIR": str(figures),
        **no_limits(),
        # Searches are made, not found again.
        "SEARCH_KEPT_SECONDS": kept_seconds,
    }
    with (scratch / f"{port}.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own}, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            httpx.get(f"{url}/livez", timeout=1)
        except httpx.HTTPError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return
