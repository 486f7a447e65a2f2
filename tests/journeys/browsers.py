"""A browser window whose problems fail the test: an error of the page, or a violation of the
content policy, which Chromium writes into the console."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

POLICY = "Content Security Policy"
# Playwright's 30 s pass while other tests start brokers; what never comes still fails.
ACTION_MS = 60_000


@contextmanager
def window(browser: Browser, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """The page, and the problems so far."""
    context = browser.new_context(**options)
    context.set_default_timeout(ACTION_MS)
    page = context.new_page()
    problems: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if POLICY in message.text:
            problems.append(message.text)

    context.on("console", listen)
    page.on("pageerror", lambda error: problems.append(str(error)))
    try:
        yield page, problems
    finally:
        context.close()
