"""The whole system and a browser, started once for the tests that travel through it."""

import pytest
from playwright.sync_api import expect, sync_playwright

from stack.commands.testing import datasets
from stack.common.instances import E2E
from stack.common.limits import no_limits
from stack.processes.stack import Stack
from tests.journeys.browsers import window
from tests.journeys.dump import part_of
from tests.journeys.system import System

SINGAPORE = "airbnb-singapore-2023-09-23"
# Playwright's 5 s pass while other tests start brokers and processes; what never comes still fails.
EXPECT_MS = 20_000
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def system(tmp_path_factory):
    """One stack for all modules that ask for it; it ends before another package starts its own."""
    folder = datasets() / SINGAPORE
    if folder.is_dir():
        data = part_of(folder, tmp_path_factory.mktemp("part") / folder.name)
    else:
        data = None
        print(f"\n{folder} is missing: the journeys run on the demo set.")
    with pytest.MonkeyPatch.context() as patch:
        for limit, off in no_limits().items():
            patch.setenv(limit, off)
        stack = Stack(E2E, split=True)
        stack.environment.update(no_limits())
        try:
            stack.start(data=data, dies_with_us=True)
            yield System(stack)
        finally:
            stack.stop()


@pytest.fixture(scope="module")
def browser():
    """Per module: while Playwright runs, Django refuses its ORM to this thread."""
    expect.set_options(timeout=EXPECT_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=CHROMIUM, headless=True
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser, system):
    """A fresh browser window at the system's address; a problem of the page fails the test."""
    size = {"width": 1280, "height": 900}
    with window(browser, base_url=system.stack.url, viewport=size) as (made, problems):
        yield made
    assert problems == []
