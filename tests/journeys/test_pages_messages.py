"""A guest and a host who write to each other, each in a browser of their own: a question, the
answer live, the booking as lines, and contact details that are hidden until it is confirmed."""

import datetime as dt
import os
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsers import window
from tests.journeys.system import Account, System, enter

pytestmark = pytest.mark.keeps_data
AHEAD = 70
SECRET = "Call me on +65 9123 4567, any time."
MASKED = "Call me on [hidden], any time."


@pytest.fixture
def other(browser, system):
    size = {"width": 390, "height": 844}
    with window(browser, base_url=system.stack.url, viewport=size) as (made, problems):
        yield made
    assert problems == []


def _offered(owner: Account) -> str:
    point = {"type": "Point", "coordinates": [103.85, 1.3]}
    reply = owner.post(
        "/api/properties",
        {
            "title": "A flat with a desk",
            "price_per_night": 90,
            "currency": "SGD",
            "location": {"city": "Singapore", "country": "Singapore", "coordinates": point},
            "property_type": "apartment",
            "capacity": {"max_guests": 2},
        },
    )
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


def _requested(guest: Account, listing_id: str) -> str:
    first = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=AHEAD)
    stay = {"check_in": str(first), "check_out": str(first + dt.timedelta(days=2))}
    reply = guest.post("/api/bookings", {"listing_id": listing_id, "guest_count": 1, **stay})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


def _write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name=re.compile("^Write to")).fill(text)
    page.get_by_role("button", name="Send").click()


def _shot(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    before = page.viewport_size
    for width in (390, 1440) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(700)
        page.screenshot(path=f"{folder}/{name}-{width}.png")
    if folder and before:
        page.set_viewport_size(before)


def test_a_question_its_answer_and_a_booking(system: System, page: Page, other: Page):
    owner, guest = system.register("owner"), system.register()
    listing_id = _offered(owner)
    enter(other, owner, "/messages")
    expect(other.get_by_text("No messages yet.")).to_be_visible()
    _shot(other, "empty")

    enter(page, guest, f"/listings/{listing_id}")
    page.get_by_role("link", name="Ask the host").click()
    expect(page.get_by_role("heading", name="Ask Gia")).to_be_visible()
    _shot(page, "ask")
    _write(page, "Is there a desk to work at?")
    mine = page.get_by_role("region", name="Thread with Gia")
    expect(mine.get_by_text("Is there a desk to work at?")).to_be_visible()

    expect(other.get_by_role("link", name="Messages, 1 unread")).to_be_visible()
    other.get_by_role("list", name="Threads").get_by_role("link").click()
    theirs = other.get_by_role("region", name="Thread with Gia")
    expect(theirs.get_by_text("Is there a desk to work at?")).to_be_visible()
    expect(other.get_by_role("link", name="Messages, 0 unread")).to_be_visible()
    _write(other, SECRET)
    for side in (mine, theirs):
        expect(side.get_by_text(MASKED)).to_be_visible()
        expect(side.get_by_text("hidden until a booking is confirmed")).to_be_visible()
        expect(side.get_by_text("9123")).to_have_count(0)

    booking = _requested(guest, listing_id)
    for side in (mine, theirs):
        expect(side.get_by_text("Booking requested:")).to_be_visible()
    _shot(page, "thread")
    assert owner.post(f"/api/owner/bookings/{booking}/accept").status_code == 200
    for side in (mine, theirs):
        expect(side.get_by_text("Booking confirmed:")).to_be_visible()
        expect(side.get_by_text(SECRET)).to_be_visible()
    _shot(page, "confirmed")
    _shot(other, "host")
    mine.get_by_role("link", name=re.compile("Booking confirmed:")).click()
    expect(page).to_have_url(re.compile(booking))
