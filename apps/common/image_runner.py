"""Runs `apps.common.image_process`: one photo at a time on this machine, or in this pod, and a few
threads of each server process that wait for it."""

import fcntl
import hashlib
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File

from apps.common.errors import UnavailableError
from apps.common.slow_work import Places

# Both together stay below the 30 s after which the gateway gives up.
WAIT_SECONDS = 8.0
RUN_SECONDS = 16.0
LOOK_SECONDS = 0.05
_places = Places(2)
# No secret of this process: the libraries that read photos are the likeliest to be taken over. One
# arena for the allocator, because each counts against the limit of the address space.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"}


class ImagesBusyError(UnavailableError):
    code = "IMAGES_BUSY"
    sentence = "Many photos are being uploaded right now. Try again in a few seconds."
    retry_after = 5


class ImageProcessError(Exception):
    """`problem`: `pixels`, `memory`, `time` or `broken`."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


def run(upload: File, kind: str, widths: Sequence[int]) -> tuple[int, list[bytes]]:
    """Returns how many pixels the photo has, and it as WebP in each of the widths. Raises
    `ImageProcessError` and `ImagesBusyError`."""
    with _places.place(ImagesBusyError), _one_at_a_time():
        command = [sys.executable, "-m", "apps.common.image_process", kind, *map(str, widths)]
        with subprocess.Popen(  # noqa: S603 - nothing in it comes from the upload but its format
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env=_ENVIRONMENT,
        ) as process:
            return _answer(process, upload)


def _answer(process: "subprocess.Popen[bytes]", upload: File) -> tuple[int, list[bytes]]:
    upload.seek(0)
    try:
        output, _ = process.communicate(upload.read(), timeout=RUN_SECONDS)
    except subprocess.TimeoutExpired as error:
        process.kill()
        raise ImagesBusyError from error
    if process.returncode:
        took_too_long = process.returncode in {-signal.SIGXCPU, -signal.SIGKILL}
        raise ImageProcessError("time" if took_too_long else "broken")
    head, _, rest = output.partition(b"\n")
    found: dict[str, Any] = json.loads(head)
    if "problem" in found:
        raise ImageProcessError(found["problem"])
    return found["pixels"], list(_cut(rest, found["sizes"]))


def _cut(body: bytes, sizes: Sequence[int]) -> Iterator[bytes]:
    at = 0
    for size in sizes:
        yield body[at : at + size]
        at += size


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The memory of a pod holds one decoded photo, not one for each server process."""
    with _lock_file().open("wb") as lock:
        until = time.monotonic() + WAIT_SECONDS
        while not _locked(lock):
            if time.monotonic() > until:
                raise ImagesBusyError
            time.sleep(LOOK_SECONDS)
        yield


def _locked(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_file() -> Path:
    instance = f"{settings.BASE_DIR} {settings.DATABASES['default']['NAME']}"
    name = hashlib.sha256(instance.encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"photos-{name}.lock"
