#!/usr/bin/env python
"""Becomes the process of `SERVICE_ROLE`, in the image and in the local stack alike."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from airbnb.roles import UnknownRoleError, role_current  # noqa: E402


def share_metrics() -> None:
    """An empty folder through which the processes of a role add up their figures."""
    directory = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if directory:
        shutil.rmtree(directory, ignore_errors=True)
        Path(directory).mkdir(parents=True)
    else:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="metrics-")


def main() -> None:
    try:
        _, role = role_current()
    except UnknownRoleError as error:
        sys.exit(str(error))
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
    bin_dir = str(Path(sys.executable).parent)
    os.environ["PATH"] = os.pathsep.join([bin_dir, os.environ.get("PATH", "")])
    share_metrics()
    os.execvp(role.command[0], role.command)  # noqa: S606


if __name__ == "__main__":
    main()
