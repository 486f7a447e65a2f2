"""`results/summary.md`: what was measured beside the seed's targets, and the invariants."""

import datetime as dt
from collections.abc import Sequence

from jmeter.samples import Figures
from jmeter.targets import Target


def text(
    *,
    title: str,
    measured: Sequence[tuple[Target, float]],
    by_label: dict[str, Figures],
    notes: Sequence[str],
    invariants: str,
) -> str:
    now = dt.datetime.now(dt.UTC)
    lines = [f"# {title}", "", f"{now:%Y-%m-%d %H:%M} UTC.", ""]
    lines += ["| metric | measured | target | critical | |", "|---|---|---|---|---|"]
    lines += [target_row(target, value) for target, value in measured]
    lines += ["", "| scenario | requests | average ms | p50 | p95 | max | errors | codes |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    lines += [scenario_row(label, found) for label, found in by_label.items()]
    lines += ["", *(f"- {note}" for note in notes), "", "```", invariants.strip(), "```", ""]
    return "\n".join(lines)


def target_row(target: Target, value: float) -> str:
    sign = ">" if target.more_is_better else "<"
    bounds = f"{sign} {target.target:g} | {sign} {target.critical:g}"
    return f"| {target.name}, {target.unit} | {value:.1f} | {bounds} | {target.verdict(value)} |"


def scenario_row(label: str, found: Figures) -> str:
    codes = ", ".join(f"{code}: {count}" for code, count in sorted(found.codes.items()))
    times = f"{found.average:.0f} | {found.p50:.0f} | {found.p95:.0f} | {found.longest:.0f}"
    return f"| {label} | {found.count} | {times} | {found.errors:.2%} | {codes} |"
