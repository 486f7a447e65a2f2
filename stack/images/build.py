"""Builds the image of all roles and the one of the SPA by buildah.

Where no image registry can be reached, images made by debootstrap stand in for the slim ones
that the Dockerfiles name; `REGISTRY=1` builds on the real ones.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from stack.common.paths import LOCAL, ROOT
from stack.common.progress import step
from stack.images.podman import BUILDAH, client_volumes, podman, podman_succeeds
from stack.setup.debian_archive import mirror
from stack.setup.downloads import run_logged

BACKEND, SPA = "localhost/staywell:latest", "localhost/staywell-frontend:latest"
PYTHON_BASE, NODE_BASE, NGINX_BASE = (
    f"localhost/staywell-base-{name}:bookworm" for name in ("python", "node", "nginx")
)
PACKAGES = "python3,python3-venv,ca-certificates"
TRIMMED = ("var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man")
FIX = "see the end of its log; the same command tries again"


def build(*, registry: bool) -> None:
    if not registry:
        make_bases()
    backend = {"PYTHON_IMAGE": PYTHON_BASE}
    frontend = {"NODE_IMAGE": NODE_BASE, "NGINX_IMAGE": NGINX_BASE}
    for title, file, tag, stand_ins in (
        ("Image of all roles", "Dockerfile", BACKEND, backend),
        ("Image of the SPA", "frontend.Dockerfile", SPA, frontend),
    ):
        with step(title):
            bud(f"docker/{file}", tag, {} if registry else stand_ins)


def bud(file: str, tag: str, arguments: Mapping[str, str]) -> None:
    """`--isolation chroot`: the steps run without a container runtime."""
    build_arguments = [
        word for name, value in arguments.items() for word in ("--build-arg", f"{name}={value}")
    ]
    options = [*("--isolation", "chroot", "--layers", "--format", "docker"), *client_volumes()]
    buildah(["bud", *options, *build_arguments, "--file", file, "--tag", tag, "."], tag)


def buildah(words: Sequence[str], name: str) -> None:
    log = LOCAL / "logs" / f"image-{name.partition('/')[2].partition(':')[0]}.log"
    run_logged([*BUILDAH, *words], log, cwd=ROOT, fix=FIX)


def make_bases() -> None:
    if not exists(PYTHON_BASE):
        with step("Base image (debootstrap)"):
            bootstrap(PYTHON_BASE)
    for name, image in (("nginx", NGINX_BASE), ("node", NODE_BASE)):
        if not exists(image):
            with step(f"Base image with {name}"):
                file = f"stack/images/stand_ins/{name}.Dockerfile"
                bud(file, image, {"PYTHON_IMAGE": PYTHON_BASE})


def exists(image: str) -> bool:
    return podman_succeeds("image", "exists", image)


def bootstrap(image: str) -> None:
    with tempfile.TemporaryDirectory(dir=LOCAL) as folder:
        root = Path(folder) / "root"
        command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm"]
        run_logged([*command, str(root), mirror()], LOCAL / "logs" / "debootstrap.log", fix=FIX)
        for name in TRIMMED:
            shutil.rmtree(root / name, ignore_errors=True)
        (root / "var/lib/apt/lists/partial").mkdir(parents=True)
        archive = Path(folder) / "root.tar"
        subprocess.run(["tar", "-C", root, "-cf", archive, "."], check=True)
        podman("import", "--quiet", str(archive), image)


def megabytes(image: str) -> int:
    return int(podman("image", "inspect", "--format", "{{.Size}}", image)) // 1_000_000
