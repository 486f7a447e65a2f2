"""One load by wrk: it costs little, so the two cores go to what is measured."""

import json
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("requests.lua")


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    authorization: str = ""
    key: str = ""
    body: str = ""

    def line(self) -> str:
        return f"{self.method}\t{self.path}\t{self.authorization}\t{self.key}\t{self.body}"


@dataclass(frozen=True)
class Sample:
    """Latencies in milliseconds; `errors` counts replies from 400 on, time-outs and connections
    that failed, but not the `conflicts`, which the load expects."""

    rate: float
    p50: float
    p95: float
    errors: int
    conflicts: float


class LoadError(RuntimeError):
    pass


def load(
    url: str,
    calls: list[Call],
    *,
    clients: int,
    seconds: int,
    scratch: Path,
    conflicts: bool = False,
) -> Sample:
    file = scratch / "requests.tsv"
    file.write_text("".join(f"{call.line()}\n" for call in calls))
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s"]
    done = subprocess.run(
        [*command, "-s", str(SCRIPT), url, "--", str(file), *(["409"] if conflicts else [])],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise LoadError(done.stderr or done.stdout)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    rate = found["requests"] / found["seconds"]
    conflicts = found["conflicts"] / max(1, found["requests"])
    return Sample(rate, found["p50_ms"], found["p95_ms"], found["errors"], conflicts)


def middle_and_p95(ordered: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile of values in order."""
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
