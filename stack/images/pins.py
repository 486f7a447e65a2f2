"""`make pins`: writes behind the tag of each image of others the digest that it has in its registry
today. Dockerfiles, compose file and manifests then name one image, whatever becomes of the tag."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from stack.common.errors import StackError
from stack.common.paths import ROOT

FOLDERS = ("docker", "kustomize")
OURS = re.compile(r"(^|/)(staywell|ecr-repo)")
IMAGE = re.compile(
    r"(?P<before>(?:\bimage: |^ARG \w+_IMAGE=))(?P<tagged>[\w./-]+:[\w.-]+)"
    r"(?:@sha256:[0-9a-f]{64})?(?=\s|$)",
    re.MULTILINE,
)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def renew() -> None:
    digests = {tagged: registry_digest(tagged) for tagged in images()}
    for path in files():
        path.write_text(pinned(path.read_text(), digests.__getitem__))
    for tagged, digest in digests.items():
        print(f"  {tagged}@{digest}")


def files() -> list[Path]:
    found = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")))
    return [path for path in found if path.name.endswith(("Dockerfile", ".yaml"))]


def images() -> list[str]:
    """Those of others, by name and tag."""
    texts = (path.read_text() for path in files())
    tagged = {found["tagged"] for text in texts for found in IMAGE.finditer(text)}
    return sorted(name for name in tagged if not OURS.search(name))


def pinned(text: str, digest_of: Callable[[str], str]) -> str:
    def with_digest(found: re.Match[str]) -> str:
        tagged = found["tagged"]
        return found[0] if OURS.search(tagged) else f"{found['before']}{tagged}@{digest_of(tagged)}"

    return IMAGE.sub(with_digest, text)


def registry_digest(tagged: str) -> str:
    """The digest of the list of platforms, which is the same on every machine."""
    if not shutil.which("skopeo"):
        raise StackError("skopeo is not installed", fix="apt-get install skopeo")
    command = ["skopeo", "inspect", "--raw", f"docker://{full_name(tagged)}"]
    asked = subprocess.run(command, capture_output=True, check=False)
    if asked.returncode:
        reason = asked.stderr.decode(errors="replace").strip()[-300:]
        raise StackError(f"{tagged}: {reason}", fix="`make pins` needs the images' registries")
    digest = subprocess.run(
        ["skopeo", "manifest-digest", "/dev/stdin"],
        input=asked.stdout,
        capture_output=True,
        check=True,
    )
    found = digest.stdout.decode().strip()
    if not DIGEST.fullmatch(found):
        raise StackError(f"{tagged}: {found!r} is no digest")
    return found


def full_name(tagged: str) -> str:
    """As Docker reads a short name."""
    first, _, rest = tagged.partition("/")
    if not rest:
        return f"docker.io/library/{tagged}"
    return tagged if "." in first or ":" in first else f"docker.io/{tagged}"
