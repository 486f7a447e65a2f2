"""kustomize's output as objects. What git ignores is made beforehand, in a copy of kustomize/."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import yaml

from stack.common.errors import StackError
from stack.common.paths import ROOT
from stack.manifests.objects import Objects
from stack.setup.kubectl import find_kubectl

SOURCE = ROOT / "kustomize"
OVERLAYS = ("overlays/local", "overlays/production", "overlays/eks")
NAMES = (*OVERLAYS, "cluster/ingress-nginx", "cluster/eks")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
IGNORED = shutil.ignore_patterns("*-secrets.env", "*-auth.env")


@cache
def render(name: str) -> Objects:
    """Treat as read-only: everyone who asks gets the same objects."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "kustomize"
        shutil.copytree(SOURCE, copy, ignore=IGNORED)
        make_secrets(copy)
        return build(copy / name)


def make_secrets(copy: Path) -> None:
    script = copy / "overlays" / "secrets.sh"
    subprocess.run(["sh", str(script)], check=True, capture_output=True)


def build(folder: Path) -> Objects:
    command = [str(find_kubectl()), "kustomize", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StackError(f"kubectl kustomize {folder.name}: {done.stderr.strip()}")
    return [each for each in yaml.load_all(done.stdout, LOADER) if each]
