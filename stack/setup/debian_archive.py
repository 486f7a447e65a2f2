"""Unpacks libssl1.1 of Debian 11 with an apt of its own: own sources, lists and cache.

The mirror is the one that this machine's apt already uses, and the signature is checked
against Debian's archive keyring.
"""

import re
import shutil
import subprocess
from pathlib import Path

from stack.common.errors import StackError
from stack.common.paths import CACHE
from stack.setup.downloads import fetch

APT = CACHE / "apt"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
PACKAGE = "libssl1.1"


def unpack_libssl(target: Path) -> None:
    for folder in ("lists/partial", "archives/partial", "unpacked"):
        (APT / folder).mkdir(parents=True, exist_ok=True)
    line = f"deb [signed-by={KEYRING}] {mirror()} bullseye main\n"
    (APT / "sources.list").write_text(line)
    fetch(["apt-get", *options(), "update"], "apt-update")
    fetch(["apt-get", *options(), "download", PACKAGE], "apt-download", cwd=APT)
    unpacked = APT / "unpacked"
    subprocess.run(["dpkg-deb", "-x", next(APT.glob("libssl*.deb")), unpacked], check=True)
    target.mkdir(parents=True, exist_ok=True)
    for library in unpacked.glob("usr/lib/*/lib*.so.1.1"):
        shutil.copy2(library, target)
    shutil.rmtree(APT)


def options() -> list[str]:
    settings = {
        "Dir::Etc::sourcelist": APT / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": APT / "lists",
        "Dir::Cache": APT,
        "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
        "Acquire::Languages": "none",
        "APT::Sandbox::User": "root",
    }
    return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]


def mirror() -> str:
    """The address of the Debian archive in this machine's own apt sources."""
    listed = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    for source in listed:
        found = mirror_in(source.read_text()) if source.is_file() else None
        if found:
            return found
    raise StackError(
        "no Debian archive in this machine's apt sources",
        fix="put mongod 6 or later on the PATH, or set MONGODB_URI to a server you run",
    )


def mirror_in(sources: str) -> str | None:
    """Understands both formats: `deb [options] URI suite ...` and deb822's `URIs: URI`."""
    pattern = r"^(?:deb\s+(?:\[[^\]]*\]\s+)?|URIs:\s*)(\S+/debian/?)(?:\s|$)"
    found = re.search(pattern, sources, re.MULTILINE)
    return found[1] if found else None
