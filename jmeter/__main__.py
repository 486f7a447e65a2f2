"""`make loadtest`: the split stack, load data, the plan, the summary, the invariants.

    python -m jmeter --users 100 --minutes 5      (services as the environment names them)

Exits 1 where a critical threshold is missed or an invariant is broken.
"""

import argparse
import sys
import time
from collections.abc import Mapping

from jmeter import checks, run, summary
from jmeter.home import fetch_home
from jmeter.processors import profile, seconds_of
from jmeter.samples import Figures
from jmeter.targets import measured
from stack.common.errors import StackError
from stack.common.instances import E2E, TEST
from stack.common.paths import ROOT
from stack.common.progress import report, step
from stack.processes.stack import Stack
from stack.processes.supervisor import Supervisor

RESULTS = ROOT / "jmeter" / "results"
RAMP_SECONDS = 60


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m jmeter")
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=5)
    options = parser.parse_args()
    with step("JMeter"):
        fetch_home()
    with Stack(E2E, split=True) as stack:
        with step(f"Load data for {options.users} users"):
            password = checks.make_data(stack.environment, options.users)
        load = run.Load(options.users, round(options.minutes * 60), RAMP_SECONDS, password)
        with step(f"{options.users} users, {options.minutes:g} minutes"):
            began, before = time.monotonic(), seconds_of(programs(stack))
            outcome = run.run(stack.url, load, RESULTS)
            shares = profile(before, seconds_of(programs(stack)), time.monotonic() - began)
        with step("Events drain"):
            checks.wait_drained(stack.environment)
        verdict = checks.verify(stack.environment)
    return conclude(load, outcome, verdict, shares)


def programs(stack: Stack) -> dict[str, int]:
    """The processes of the stack and of the services that it borrows, by name."""
    supervisors = [Supervisor(instance) for instance in (stack.instance, TEST)]
    found = [info for each in supervisors if each.is_up() for info in each.processes()]
    return {info["name"]: info["pid"] for info in found if info["pid"]}


def conclude(
    load: run.Load, outcome: run.Outcome, verdict: checks.Verdict, shares: Mapping[str, float]
) -> int:
    rows = measured(outcome.steady, offered=load.offered, cpu=outcome.cpu, memory=outcome.memory)
    text = summary.text(
        title=f"{load.users} users, {load.seconds / 60:g} minutes",
        measured=rows,
        by_label=outcome.by_label,
        notes=[*notes(load, outcome.all, outcome), shares_text(shares)],
        invariants=verdict.text,
    )
    (RESULTS / "summary.md").write_text(text)
    print(f"\n{text}\n{RESULTS / 'summary.md'}, {RESULTS / 'report' / 'index.html'}")
    missed = [target.name for target, value in rows if target.verdict(value) == "CRITICAL"]
    if missed:
        print(f"FAILED: critical threshold of {', '.join(missed)}")
    if not verdict.holds:
        print("FAILED: an invariant is broken")
    return 1 if missed or not verdict.holds else 0


def shares_text(shares: Mapping[str, float]) -> str:
    listed = ", ".join(f"{name} {share:.1f}" for name, share in shares.items())
    return f"Percent of the processors, over the whole run: {listed}."


def notes(load: run.Load, whole: Figures, outcome: run.Outcome) -> list[str]:
    ramp = (
        f"The targets are held against the time after the ramp-up of {load.ramp_seconds} s; the "
        f"whole run: {whole.count} requests, {whole.average:.0f} ms on average, p95 "
        f"{whole.p95:.0f} ms, {whole.per_second:.0f} a second, {whole.errors:.2%} errors."
    )
    offer = (
        f"Offered: {load.offered:.0f} requests a second, {run.REQUESTS_A_MINUTE} a minute for each "
        "user, below the rate limit of 100, which is switched on."
    )
    processors = (
        f"The processors are shared with JMeter, which took {outcome.cpu_of_jmeter:.0f} % of "
        "them; CPU utilization is that of all the rest."
    )
    return [ramp, offer, processors]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except StackError as error:
        report(error)
        sys.exit(1)
