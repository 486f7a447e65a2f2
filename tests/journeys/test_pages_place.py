"""Where a listing is, in a real browser: a circle for everybody, the house for the guest whose stay
is confirmed, and what the two write to each other."""

import datetime as dt
import os

import pytest
from playwright.sync_api import Page, expect

from tests.exact_place import INSTRUCTIONS, LAT, LNG, PLACE, STREET, found
from tests.journeys.system import Account, System, enter, said

pytestmark = pytest.mark.keeps_data
AHEAD = 60


def _offered(owner: Account) -> dict:
    """A listing with a marked place, whose public point has other digits."""
    made = _posted(owner)
    while found(str(made["public_location"]["coordinates"]["coordinates"])):
        made = _posted(owner)
    return made


def _posted(owner: Account) -> dict:
    point = {"type": "Point", "coordinates": [LNG, LAT]}
    location = {**PLACE, "city": "Singapore", "country": "Singapore", "coordinates": point}
    reply = owner.post(
        "/api/properties",
        {
            "title": "A flat behind the market",
            "price_per_night": 90,
            "currency": "SGD",
            "location": location,
            "property_type": "apartment",
            "capacity": {"max_guests": 2},
            "arrival_instructions": INSTRUCTIONS,
        },
    )
    assert reply.status_code == 201, reply.text
    return dict(reply.json())


def _requested(guest: Account, listing: dict) -> str:
    first = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=AHEAD)
    stay = {"check_in": str(first), "check_out": str(first + dt.timedelta(days=2))}
    reply = guest.post("/api/bookings", {"listing_id": listing["id"], "guest_count": 1, **stay})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


class Seen:
    """All that the browser receives of our API, and what its page has."""

    def __init__(self, page: Page) -> None:
        self.page, self.bodies = page, []
        page.on("requestfinished", self._keep)

    def _keep(self, request) -> None:
        if "/api/" in request.url and "/stream" not in request.url:
            self.bodies.append(request.response().text())

    def marks(self) -> list[str]:
        return found("\n".join([self.page.content(), *self.bodies]))


def _shot(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    for width in (390, 1440) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(700)
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_where_a_stay_is(system: System, page: Page):
    owner, guest = system.register("owner"), system.register()
    listing = _offered(owner)
    booking = _requested(guest, listing)

    enter(page, guest, f"/bookings/{booking}")
    seen = Seen(page)
    expect(page.get_by_role("region", name="The stay")).to_be_visible()
    expect(page.get_by_role("heading", name="Getting there")).to_have_count(0)
    page.goto(f"/listings/{listing['id']}")
    where = page.get_by_role("region", name="Where it is")
    expect(where).to_contain_text("Bugis, Singapore")
    expect(where).to_contain_text("You see the exact place once your booking is confirmed.")
    expect(where.locator(".leaflet-overlay-pane path")).to_be_attached()
    _shot(page, "listing")
    assert seen.marks() == []

    assert owner.post(f"/api/owner/bookings/{booking}/accept").status_code == 200
    page.goto(f"/bookings/{booking}")
    card = page.get_by_role("region", name="Getting there")
    expect(card).to_contain_text(STREET)
    expect(card).to_contain_text("How to get in is shown here from")
    expect(card).not_to_contain_text(INSTRUCTIONS)
    _shot(page, "booking")
    card.get_by_role("textbox", name="Write to Gia").fill("We come at eight.")
    card.get_by_role("button", name="Send").click()
    said(page, "Sent to Gia.")
    owner.told_of(booking, "message_received")


def test_a_host_sees_what_guests_see(system: System, page: Page):
    owner = system.register("owner")
    listing = _offered(owner)
    enter(page, owner, f"/host/listings/{listing['id']}")
    expect(page.get_by_label("Street and house number (optional)")).to_have_value(STREET)
    expect(page.get_by_label("Arrival instructions (optional)")).to_have_value(INSTRUCTIONS)
    shown = page.get_by_role("figure").filter(has_text="What everybody sees:")
    expect(shown).to_contain_text("Bugis, Singapore")
    page.get_by_label("Neighbourhood (optional)").fill("Kampong Glam")
    page.get_by_role("button", name="Save changes").click()
    said(page, "Saved.")
    expect(shown).to_contain_text("Kampong Glam, Singapore")
    _shot(page, "host")
    stored = system.http.get(f"/api/properties/{listing['id']}").json()
    assert (stored["location"]["area"], found(str(stored))) == ("Kampong Glam", [])
