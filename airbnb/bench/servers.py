"""gunicorn with the process model of production, in front of either application."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30


@contextmanager
def serving(application: str, *, port: int, role: str = "all") -> Iterator[str]:
    """The URL of `application` (module:name) while it runs."""
    command = [sys.executable, "-m", "gunicorn", "--config", "docker/gunicorn.conf.py", application]
    unlimited = {"RATE_LIMIT_USER": "", "RATE_LIMIT_LOGIN": ""}
    own = {"BIND": f"127.0.0.1:{port}", "LOG_LEVEL": "ERROR", "SERVICE_ROLE": role, **unlimited}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **own},
    )
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
