"""Runs the plan against a running system and reads its results."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jmeter import samples
from jmeter.home import HOME, LAUNCHER
from jmeter.machine import Watch
from stack.common.errors import StackError
from stack.common.os_processes import end_with_parent

PLAN = Path(__file__).with_name("plan.jmx")
JVM = ("-Xmx512m", "-XX:+UseSerialGC")
REQUESTS_A_MINUTE = 72
SPARE_SECONDS = 120


@dataclass(frozen=True)
class Load:
    """One user starts every `ramp_seconds / users`; `seconds` count from the first."""

    users: int
    seconds: int
    ramp_seconds: int
    password: str

    @property
    def offered(self) -> float:
        """Requests a second once all users are there."""
        return self.users * REQUESTS_A_MINUTE / 60


@dataclass(frozen=True)
class Outcome:
    all: samples.Figures
    steady: samples.Figures
    by_label: dict[str, samples.Figures]
    cpu: float
    cpu_of_jmeter: float
    memory: float


def run(url: str, load: Load, folder: Path, *, report: bool = True) -> Outcome:
    """Writes `results.jtl`, `jmeter.log` and the HTML report into `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    results = folder / "results.jtl"
    process = subprocess.Popen(
        command(url, load, folder, report=report),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=end_with_parent,  # noqa: PLW1509
    )
    watch = Watch(process.pid)
    try:
        code = process.wait(load.seconds + load.ramp_seconds + SPARE_SECONDS)
    finally:
        process.kill()
        watch.stop()
    if code or not results.exists():
        raise StackError("JMeter failed", log=folder / "jmeter.log")
    return outcome(samples.read(results), load, watch)


def outcome(found: list[samples.Sample], load: Load, watch: Watch) -> Outcome:
    labels = list(dict.fromkeys(sample.label for sample in found))
    return Outcome(
        all=samples.figures(found),
        steady=samples.figures(samples.steady(found, load.ramp_seconds)),
        by_label={x: samples.figures(s for s in found if s.label == x) for x in labels},
        cpu=watch.mean(watch.cpu),
        cpu_of_jmeter=watch.mean(watch.cpu_of_jmeter),
        memory=watch.mean(watch.memory),
    )


def command(url: str, load: Load, folder: Path, *, report: bool) -> list[str]:
    address = urlsplit(url)
    values = {
        "host": address.hostname,
        "port": address.port,
        "users": load.users,
        "ramp": load.ramp_seconds,
        "seconds": load.seconds,
        "rpm": REQUESTS_A_MINUTE,
        "password": load.password,
    }
    words = ["java", *JVM, f"-Djava.util.prefs.userRoot={HOME}", "-jar", str(LAUNCHER)]
    words += ["--nongui", "--testfile", str(PLAN), "--logfile", str(folder / "results.jtl")]
    words += ["--jmeterlogfile", str(folder / "jmeter.log")]
    words += [f"-J{name}={value}" for name, value in values.items()]
    return words + (
        ["--reportatendofloadtests", "--reportoutputfolder", "report"] if report else []
    )
