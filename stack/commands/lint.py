"""`make lint`: every static check, two at a time; one line each, and the output of what failed."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from stack.common.instances import TEST
from stack.common.paths import FRONTEND, PYTHON, ROOT
from stack.common.progress import moving, show
from stack.processes.environment import instance_environment
from stack.setup.node import node_path

YAML_RULES = "{extends: default, rules: {line-length: {max: 100}, document-start: disable}}"
YAML_FOLDERS = ("docker", "kustomize")
# The baseline names the detectors; `--no-verify`: without a call to any provider.
SECRETS = ("--baseline", ".secrets.baseline", "--no-verify")


@dataclass(frozen=True)
class Result:
    name: str
    code: int
    seconds: float
    output: str


def checks() -> dict[str, tuple[Sequence[str | Path], Path]]:
    """Name -> command and folder. mypy takes longest, so it goes first."""
    tools = PYTHON.parent
    return {
        "mypy": ([tools / "mypy"], ROOT),
        "eslint": (["npm", "run", "--silent", "lint"], FRONTEND),
        "types of the API": (["npm", "run", "--silent", "api:check"], FRONTEND),
        "tsc": (["npm", "run", "--silent", "typecheck"], FRONTEND),
        "import-linter": ([tools / "lint-imports", "--no-cache"], ROOT),
        "ruff format": ([tools / "ruff", "format", "--check", "."], ROOT),
        "ruff check": ([tools / "ruff", "check", "--output-format", "concise", "."], ROOT),
        "detect-secrets": ([tools / "detect-secrets-hook", *SECRETS, *tracked_files()], ROOT),
        "yamllint": ([tools / "yamllint", "--strict", "-d", YAML_RULES, *yaml_files()], ROOT),
    }


def yaml_files() -> list[Path]:
    return [path for name in YAML_FOLDERS for path in sorted((ROOT / name).rglob("*.y*ml"))]


def tracked_files() -> list[str]:
    """Those with text in them, as git tells them from binary ones."""
    command = ["git", "grep", "-I", "--name-only", "-e", ""]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def lint() -> int:
    environment = {**os.environ, **instance_environment(TEST), "PATH": node_path()}
    with ThreadPoolExecutor(2) as pool:
        jobs = {
            pool.submit(run, name, command, folder, environment): name
            for name, (command, folder) in checks().items()
        }
        with moving(lambda: ", ".join(name for job, name in jobs.items() if job.running())):
            results = [shown(job.result()) for job in as_completed(jobs)]
    failed = [result for result in results if result.code]
    for result in failed:
        print(f"\n--- {result.name}\n{result.output}")
    if failed:
        print(f"FAILED: {', '.join(result.name for result in failed)}")
    return 1 if failed else 0


def format_code() -> int:
    """Formats the Python code and fixes what ruff can fix; `lint` shows what is left."""
    ruff = PYTHON.parent / "ruff"
    subprocess.run([ruff, "check", "--fix-only", "--quiet", "."], cwd=ROOT, check=False)
    return subprocess.run([ruff, "format", "."], cwd=ROOT, check=False).returncode


def run(
    name: str, command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]
) -> Result:
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return Result(name, done.returncode, time.monotonic() - began, done.stdout + done.stderr)


def shown(result: Result) -> Result:
    show(result.name, result.seconds, "failed after " if result.code else "")
    return result
