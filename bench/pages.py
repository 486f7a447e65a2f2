"""What a phone on a slow line gets of a page: when its content stands, and what it cost.

`make bench-pages` prints it for the start page, the results of a search and a listing, each opened
in a browser that knows nothing of the site.
"""

import os
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from stack.common.paths import SPA_DIST
from stack.common.waiting import wait_until

PORT = 18206
RUNS = 3
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}
BITS, LATENCY_MS, SLOWER = 1_600_000, 150, 4
# Maps, pictures of cards further down and the like come after the content.
QUIET_MS = 4_000
LIMIT_SECONDS = 60
CARD, INTRO = 'ul[aria-label="Places to stay"] h3', "main h1"
COLUMNS = ("LCP s", "ready s", "CLS", "requests", "JS files", "JS kB", "all kB")
# Runs in the page before anything else of it.
WATCH = """
window.seen = {lcp: 0, cls: 0, ready: 0};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) seen.lcp = entry.startTime;
}).observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
}).observe({type: 'layout-shift', buffered: true});
const look = () => {
  const found = document.querySelector(%r);
  if (found && found.getClientRects().length) seen.ready = performance.now();
  else requestAnimationFrame(look);
};
look();
"""


@dataclass
class Traffic:
    """What came over the line; bytes as they were sent, compressed."""

    requests: int = 0
    kinds: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, float] = field(default_factory=dict)

    def responded(self, event: Mapping[str, Any]) -> None:
        self.requests += 1
        self.kinds[event["requestId"]] = event["type"]

    def finished(self, event: Mapping[str, Any]) -> None:
        self.bytes[event["requestId"]] = event["encodedDataLength"]

    def kilobytes(self, kind: str | None = None) -> float:
        sizes = (s for i, s in self.bytes.items() if kind in {None, self.kinds.get(i)})
        return sum(sizes) / 1000

    def files(self) -> int:
        return sum(kind == "Script" for kind in self.kinds.values())


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder, _site(Path(folder)) as url:
        print(f"{BITS / 1e6} Mbit/s, {LATENCY_MS} ms, processor x{SLOWER}; {RUNS} runs, medians")
        print(f"{'':10}{''.join(f'{name:>9}' for name in COLUMNS)}")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            for name, (path, content) in _pages(url).items():
                print(_row(name, [_opened(browser, f"{url}{path}", content) for _ in range(RUNS)]))
            browser.close()


@contextmanager
def _site(scratch: Path) -> Iterator[str]:
    """The demo set in role `all`."""
    from django.core.management import call_command

    from apps.common import indexes, mongo
    from bench.servers import serving

    os.environ["SPA_DIST"] = str(SPA_DIST)
    mongo.database().client.drop_database(mongo.database().name)
    call_command("migrate", verbosity=0)
    indexes.ensure()
    call_command("seed_demo")
    application = "airbnb.wsgi:application"
    with serving(application, port=PORT, scratch=scratch, kept_seconds="300") as url:
        yield url


def _pages(url: str) -> dict[str, tuple[str, str]]:
    """Addresses, and what shows that their content stands."""
    api = httpx.Client(base_url=url, timeout=LIMIT_SECONDS)
    places = api.get("/api/properties/places").json()["places"]
    listing = api.get("/api/properties?per_page=1").json()["results"][0]
    return {
        "home": ("/", CARD),
        "results": (f"/?place={places[0]['city']}&guests=2", CARD),
        "detail": (f"/listings/{listing['id']}", INTRO),
    }


def _opened(browser: Browser, url: str, content: str) -> dict[str, float]:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    traffic = _slowed(context.new_cdp_session(page))
    page.add_init_script(WATCH % content)
    page.goto(url, wait_until="commit", timeout=LIMIT_SECONDS * 1000)
    found = _seen(page, traffic)
    context.close()
    return found


def _slowed(session: CDPSession) -> Traffic:
    traffic = Traffic()
    session.send("Network.enable")
    session.on("Network.responseReceived", traffic.responded)
    session.on("Network.loadingFinished", traffic.finished)
    line = {"latency": LATENCY_MS, "downloadThroughput": BITS / 8, "uploadThroughput": BITS / 8}
    session.send("Network.emulateNetworkConditions", {"offline": False, **line})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return traffic


def _seen(page: Page, traffic: Traffic) -> dict[str, float]:
    # The policy of the page lets no text run in it, so nothing waits there.
    wait_until(lambda: page.evaluate("window.seen?.ready > 0"), "content", seconds=LIMIT_SECONDS)
    page.wait_for_timeout(QUIET_MS)
    seen = page.evaluate("seen")
    return {
        "lcp": seen["lcp"] / 1000,
        "ready": seen["ready"] / 1000,
        "cls": seen["cls"],
        "requests": traffic.requests,
        "files": traffic.files(),
        "scripts": traffic.kilobytes("Script"),
        "all": traffic.kilobytes(),
    }


def _row(name: str, runs: list[dict[str, float]]) -> str:
    of = {figure: statistics.median(run[figure] for run in runs) for figure in runs[0]}
    times = f"{name:10}{of['lcp']:9.1f}{of['ready']:9.1f}{of['cls']:9.3f}"
    return f"{times}{of['requests']:9.0f}{of['files']:9.0f}{of['scripts']:9.0f}{of['all']:9.0f}"
