"""The set-up commands of our own code, all safe to repeat, in their order."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from docker.local.failures import StackError
from docker.local.instances import Instance
from docker.local.paths import PYTHON, ROOT


def set_up(instance: Instance, environment: Mapping[str, str]) -> None:
    """Its output goes to `setup.log`, its progress to ours."""
    log = instance.logs / "setup.log"
    command = [str(PYTHON), "-m", "docker.local.set_up_commands"]
    with log.open("w") as errors:
        done = subprocess.run(
            command, cwd=ROOT, env=for_commands(environment), stderr=errors, check=False
        )
    if done.returncode:
        raise StackError("the set-up", log=log, mend="mend what the log says and start again")


def import_listings(folder: Path, environment: Mapping[str, str]) -> None:
    """In full view, for its progress bar and its report."""
    print(f"  Import of {folder}", flush=True)
    command = [str(PYTHON), "manage.py", "import_listings", str(folder)]
    if subprocess.run(command, cwd=ROOT, env=for_commands(environment), check=False).returncode:
        raise StackError("the import failed", mend="mend what stands above and run it again")


def for_commands(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        **environment,
        "SERVICE_ROLE": "all",
        "DJANGO_SETTINGS_MODULE": "airbnb.settings",
    }
