"""The set-up commands of our own code, all safe to repeat, in their order."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from stack.common.errors import StackError
from stack.common.instances import Instance
from stack.common.paths import PYTHON, ROOT


def set_up(instance: Instance, environment: Mapping[str, str]) -> None:
    """Its output goes to `setup.log`, its progress to ours."""
    log = instance.logs / "setup.log"
    command = [str(PYTHON), "-m", "stack.setup.data_commands"]
    with log.open("w") as errors:
        done = subprocess.run(
            command, cwd=ROOT, env=for_commands(environment), stderr=errors, check=False
        )
    if done.returncode:
        raise StackError("the set-up", log=log, fix="fix what the log says and start again")


# What may lie beside a dump, and the command that imports it.
BESIDE = {"poi-singapore": "import_activities", "climate-normals/climate.json": "import_climate"}


def import_data(folder: Path, environment: Mapping[str, str]) -> None:
    """A dump of listings, and what lies beside it for the trip planner."""
    run_import("import_listings", folder, environment)
    for name, command in BESIDE.items():
        beside = folder.resolve().parent / name
        if beside.exists():
            run_import(command, beside, environment)


def run_import(command: str, source: Path, environment: Mapping[str, str]) -> None:
    """In full view, for its progress bar and its report."""
    print(f"  {command} {source}", flush=True)
    words = [str(PYTHON), "manage.py", command, str(source)]
    if subprocess.run(words, cwd=ROOT, env=for_commands(environment), check=False).returncode:
        raise StackError("the import failed", fix="fix what stands above and run it again")


def for_commands(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        **environment,
        "SERVICE_ROLE": "all",
        "DJANGO_SETTINGS_MODULE": "airbnb.settings",
    }
