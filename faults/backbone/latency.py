"""From the 201 of a booking to the item before its host's eyes, at a steady rate."""

import statistics
import time
from pathlib import Path

from faults.backbone.arrivals import watch_streams
from faults.backbone.scenario import CONSUMERS, WEB, Scenario
from faults.backbone.system import Kind
from faults.backbone.traffic import Place, Traffic, drive, places_make
from faults.backbone.verdict import Verdict
from faults.load import Tally
from faults.workers import Member

CALLERS = 16
LATE_SECONDS = 60
AIM_SECONDS = 1.0
KINDS = {
    "booking": WEB["booking"],
    "notification": Kind("notification", web=True),
    "relay": Kind("relay"),
    **{name: CONSUMERS[name] for name in ("owners-1", "notifications")},
}


def run(directory: Path, *, seconds: float, rate: float, seed: int) -> Verdict:
    plain = {"DJANGO_SETTINGS_MODULE": "airbnb.settings"}
    with Scenario(directory, "latency", KINDS, **plain) as scenario:
        places = scenario.do(places_make, CALLERS)
        urls = {"booking": scenario.system.url("booking")}
        load = Traffic(urls, seconds, rate, seed, courses={(): 1})
        tally, seen = scenario.do(_measure, places, load, scenario.system.url("notification"))
    late = [seen[one.body["id"]] - one.at for one in tally.acknowledged if one.body["id"] in seen]
    missing = [one.sent for one in tally.acknowledged if one.body["id"] not in seen]
    findings = {"bookings whose host saw nothing": missing, "strange answers": tally.strange}
    return Verdict(_report(late, seconds, rate), findings if late else {})


def _report(late: list[float], seconds: float, rate: float) -> list[str]:
    if not late:
        return ["nothing was booked"]
    p50, p95 = statistics.median(late), statistics.quantiles(late, n=20)[-1]
    aim = "within" if p95 < AIM_SECONDS else "above"
    times = f"p50 {p50 * 1e3:.0f} ms, p95 {p95 * 1e3:.0f} ms, most {max(late) * 1e3:.0f} ms"
    return [
        f"{len(late) / seconds:.1f} bookings a second of {rate:.0f}, for {seconds:.0f} s",
        f"from the 201 to the item in the live stream: {times}",
        f"p95 is {aim} the aim of {AIM_SECONDS:.0f} s",
    ]


def _measure(
    member: Member, places: list[Place], load: Traffic, url: str
) -> tuple[Tally, dict[str, float]]:
    """The load, and when the item of each booking was seen."""
    seen = dict[str, float]()
    watch_streams(url, places, seen)
    tally = drive(member, places, load)
    ends = time.monotonic() + LATE_SECONDS
    while time.monotonic() < ends and any(one.body["id"] not in seen for one in tally.acknowledged):
        time.sleep(0.1)
    return tally, seen
