"""Every way in which a page reaches a browser, started: the one process, and nginx before it as the
local stack, the compose file and the image of the SPA configure it."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from stack.common.instances import TEST_PORTS, Instance
from stack.common.paths import ROOT
from stack.common.waiting import wait_until
from stack.processes import gateway
from stack.processes.readiness import answer
from tests.production import PRODUCTION

NGINX = ROOT / "docker" / "nginx"
SCRIPT = "app-1a2b.js"


@dataclass(frozen=True)
class Shape:
    name: str
    port: int
    files: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def make_files(folder: Path) -> Path:
    """A build of the SPA, and media."""
    dist = folder / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<title>SPA</title>")
    routes = [{"path": path, "scripts": [], "styles": []} for path in ("", "listings/:listingId")]
    (dist / "pages.json").write_text(json.dumps({"routes": routes}))
    (dist / "assets" / SCRIPT).write_text("run()")
    photo = folder / "media" / "demo" / "a.svg"
    photo.parent.mkdir(parents=True)
    photo.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    (folder / "outside.txt").write_text("secret")
    return folder


@contextmanager
def running(command: list[str], url: str, **options) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
    try:
        wait_until(lambda: answer(url).ready, url, seconds=60)
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def one_process(files: Path) -> Iterator[Shape]:
    """Role `all` with the settings of production."""
    folders = {"SPA_DIST": str(files / "dist"), "MEDIA_ROOT": str(files / "media")}
    with role("all", free_port(), **folders) as port:
        yield Shape("all", port, files)


@contextmanager
def role(name: str, port: int, **more: str) -> Iterator[int]:
    environment = {
        **os.environ,
        **PRODUCTION,
        "SERVICE_ROLE": name,
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "MONGODB_DATABASE": settings.DATABASES["default"]["NAME"],
        **more,
    }
    url = f"http://127.0.0.1:{port}/livez"
    with running([sys.executable, "docker/entrypoint.py"], url, cwd=ROOT, env=environment):
        yield port


@contextmanager
def nginx(name: str, files: Path, texts: dict[str, str], main: str, port: int) -> Iterator[Shape]:
    prefix = files / name
    prefix.mkdir(exist_ok=True)
    for file, text in texts.items():
        (prefix / file).write_text(text)
    command = ["/usr/sbin/nginx", "-p", f"{prefix}/", "-c", main, "-e", "stderr"]
    with running(command, f"http://127.0.0.1:{port}/"):
        yield Shape(name, port, files)


@contextmanager
def local_gateway(files: Path, upstream: int) -> Iterator[Shape]:
    port = free_port()
    instance = Instance("x", replace(TEST_PORTS, web=port), base=files)
    texts = gateway.configuration(instance)
    text = re.sub(
        r"server 127\.0\.0\.1:\d+;", f"server 127.0.0.1:{upstream};", texts["gateway.conf"]
    )
    text = text.replace(str(gateway.SPA_DIST), str(files / "dist"))
    text = text.replace(str(instance.data / "media"), str(files / "media"))
    with nginx("gateway", files, {**texts, "gateway.conf": text}, "gateway.conf", port) as shape:
        yield shape


@contextmanager
def compose_gateway(files: Path, upstream: int, *, seconds: int = 35) -> Iterator[Shape]:
    port = free_port()
    text = re.sub(r"server [a-z]+:5000;", f"server 127.0.0.1:{upstream};", _own("compose.conf"))
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    text = _placed(text.replace("35s", f"{seconds}s"), files)
    text = text.replace('"/media/', f'"{files}/media/')
    texts = {**_included(), "nginx.conf": text}
    with nginx(
        "compose" if seconds == 35 else "impatient", files, texts, "nginx.conf", port
    ) as shape:
        yield shape


@contextmanager
def spa_image(files: Path) -> Iterator[Shape]:
    """What the ingress of the cluster leads `/` to."""
    port = free_port()
    text = _own("spa.conf").replace("listen 8080;", f"listen 127.0.0.1:{port};")
    texts = {**_included(), "nginx.conf": _placed(text, files)}
    with nginx("spa", files, texts, "nginx.conf", port) as shape:
        yield shape


def _own(name: str) -> str:
    return (NGINX / name).read_text()


def _included() -> dict[str, str]:
    names = ("proxy.conf", "maps.conf", "page_headers.conf", "error_pages.conf")
    return {name: _own(name) for name in names}


def _placed(text: str, files: Path) -> str:
    """Below the test's folder, as root where the test is."""
    user = "user root;\n" if os.geteuid() == 0 else ""
    text = text.replace("/tmp/", "").replace("/usr/share/nginx/html", str(files / "dist"))
    return user + text
