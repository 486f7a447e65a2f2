"""The search from a typed place to the page of a listing, in a real browser, wide and narrow."""

import os
import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error as Unanswered
from playwright.sync_api import Locator, Page, expect

from stack.common.waiting import wait_until
from tests.journeys.browsers import window
from tests.journeys.system import WAIT_SECONDS, System, answered, on_map

pytestmark = pytest.mark.keeps_data
WHOLE = """() => [...document.querySelectorAll("article")].filter((card) => {
    const { top, bottom } = card.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
}).length"""
ROWS = 2
CARDS_WIDE = 6
LOOKS, SIGN_MS = 15, 2_000


def _shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.wait_for_timeout(1000)
        page.screenshot(path=f"{folder}/search-{name}.png")


def _titles(page: Page) -> list[str]:
    return page.get_by_role("list", name="Places to stay").locator("h3").all_inner_texts()


def _search(page: Page, city: str) -> None:
    """Sends what is typed; the best match is taken, and said."""
    page.goto("/")
    page.get_by_role("combobox", name="Where").fill(city[:4].upper())
    page.get_by_role("combobox", name="Where").press("Enter")
    answered(page, "place_id=")
    expect(page.get_by_text(re.compile(f"^We took “{city[:4].upper()}” as"))).to_be_visible()


def _narrow_down(page: Page) -> None:
    page.get_by_role("button", name="Filters").click()
    dialog = page.get_by_role("dialog", name="Filters")
    dialog.get_by_role("checkbox", name=re.compile("^Wifi")).check()
    found = dialog.get_by_role("button", name=re.compile(r"^Show [\d,]+ places$"))
    expect(found).to_be_visible()
    said = found.inner_text().removeprefix("Show ")
    found.click()
    answered(page, "amenities=Wifi")
    expect(page.get_by_role("heading", name=re.compile(f"^{said} in "))).to_be_visible()
    expect(page.get_by_role("button", name="Remove filter: Wifi")).to_be_visible()
    page.get_by_label("Sort by").select_option("price")
    answered(page, "sort=price")


def _more(page: Page) -> None:
    """Shows a second page below the first, which a reload keeps."""
    first = _titles(page)
    page.get_by_role("button", name="Show more").click()
    answered(page, "page=2")
    shown = _titles(page)
    assert (len(shown), shown[: len(first)]) == (ROWS * len(first), first)
    page.reload()
    answered(page, "page=2")
    assert _titles(page) == shown


def _map(page: Page, *, is_wide: bool) -> None:
    """Finds all on the map, looks closer, and opens the card of a price."""
    region = page.get_by_role("region", name="Map of places")
    if not is_wide:
        page.get_by_role("button", name="Show map").click()
    expect(region.locator(".place-label").first).to_be_visible()
    wait_until(lambda: on_map(page) > ROWS, "signs on the map", seconds=WAIT_SECONDS)
    _shot(page, f"map-{is_wide}")
    card = _chosen(region)
    expect(page).to_have_url(re.compile("place=.*amenities=Wifi.*bbox="))
    expect(card).to_be_in_viewport(ratio=1)
    _shot(page, f"card-{is_wide}")
    title = card.get_by_role("link").first.locator("span.font-semibold").inner_text()
    card.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title[:20])


def _chosen(region: Locator) -> Locator:
    """Looks closer until a price stands by itself, and opens its card. The signs change with each
    answer, also while one is pressed."""
    card = region.get_by_role("region", name="Chosen on the map")
    price = region.locator(".leaflet-marker-icon:has(.price-pill)")
    for _ in range(LOOKS):
        with suppress(Unanswered):
            if price.count():
                price.first.press("Enter", timeout=SIGN_MS)
            else:
                region.locator(".map-bubble").first.click(timeout=SIGN_MS)
        with suppress(Unanswered):
            card.wait_for(timeout=SIGN_MS)
            return card
    pytest.fail(f"no price on the map after {LOOKS} looks")


@pytest.mark.parametrize("width", [390, 1440])
def test_from_a_place_to_a_listing(system: System, browser, width: int):
    size = {"width": width, "height": 900}
    with window(browser, base_url=system.stack.url, viewport=size) as (page, problems):
        _search(page, system.city)
        if width > 1000:
            wait_until(
                lambda: page.evaluate(WHOLE) >= CARDS_WIDE, "whole cards", seconds=WAIT_SECONDS
            )
        _shot(page, f"list-{width}")
        _narrow_down(page)
        _more(page)
        _map(page, is_wide=width > 1000)
    assert problems == []
