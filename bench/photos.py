"""The largest photo of each format, to a server of two workers in a memory cgroup of 512 MiB, as in
a pod. Needs a cgroup (v1 or v2) that may be written; elsewhere it says so."""

import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from PIL import Image

POD_BYTES = 512 * 1024 * 1024
SHOWN = "{:26}{:>10}{:>9}{:>8}{:>22}{:>8}"
V1, V2 = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup")
HEIC = Path(__file__).with_name("largest.heic")


def gradient(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size)
    turned = Image.linear_gradient("L").rotate(90).resize(size)
    bands = {"RGB": (ramp, turned, ramp), "RGBA": (ramp, turned, ramp, turned)}
    return Image.merge(mode, bands[mode])


def encoded(size: tuple[int, int], kind: str, mode: str = "RGB", **options: object) -> bytes:
    written = io.BytesIO()
    gradient(size, mode).save(written, kind, **options)
    return written.getvalue()


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


PHOTOS: dict[str, Callable[[], bytes]] = {
    "JPEG, 50 million": lambda: encoded((8_000, 6_250), "JPEG", exif=turned()),
    "JPEG, progressive": lambda: encoded((8_000, 6_250), "JPEG", progressive=True),
    "PNG, 25 million, alpha": lambda: encoded((5_000, 5_000), "PNG", "RGBA", exif=turned()),
    "HEIC, 25 million": HEIC.read_bytes,
    "AVIF, 16 million, alpha": lambda: encoded((4_000, 4_000), "AVIF", "RGBA", speed=10),
    "WebP, 13 million, alpha": lambda: encoded((4_160, 3_120), "WEBP", "RGBA", method=0),
    "WebP, lossless": lambda: encoded((4_160, 3_120), "WEBP", "RGBA", lossless=True, method=0),
}


class Group:
    """A memory cgroup: `procs` takes pids."""

    def __init__(self) -> None:
        self.is_v1 = (V1 / "cgroup.procs").exists()
        self.path = (V1 if self.is_v1 else V2) / f"bench-{os.getpid()}"
        self.procs = self.path / "cgroup.procs"

    def make(self) -> None:
        self.path.mkdir()
        limit = "memory.limit_in_bytes" if self.is_v1 else "memory.max"
        (self.path / limit).write_text(str(POD_BYTES))

    def peak(self) -> int:
        """Of everything in it, in MiB."""
        name = "memory.max_usage_in_bytes" if self.is_v1 else "memory.peak"
        return int((self.path / name).read_text()) // 1024 // 1024

    def kills(self) -> int:
        name = "memory.oom_control" if self.is_v1 else "memory.events"
        lines = (self.path / name).read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))

    def begin(self) -> None:
        """A new peak, where the kernel lets it be set back."""
        if self.is_v1:
            (self.path / "memory.max_usage_in_bytes").write_text("0")


@contextmanager
def pod() -> Iterator[Group | None]:
    group = Group()
    try:
        group.make()
    except OSError as error:
        print(f"photos: no memory cgroup can be made here ({error}); not measured")
        yield None
        return
    try:
        yield group
    finally:
        group.path.rmdir()


def measure(url: str, group: Group, *, path: str, headers: dict[str, str]) -> None:
    """Sends each and prints what it took."""
    print(SHOWN.format("largest photos", "kB", "status", "s", "peak of the pod, MiB", "killed"))
    with httpx.Client(base_url=url, headers=headers, timeout=70) as client:
        for name, make in PHOTOS.items():
            body = make()
            group.begin()
            began = time.monotonic()
            status = client.post(path, files={"image": ("photo", body)}).status_code
            seconds = f"{time.monotonic() - began:.1f}"
            row = (name, len(body) // 1000, status, seconds, group.peak(), group.kills())
            print(SHOWN.format(*row), flush=True)
