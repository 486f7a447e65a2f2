"""Every page of an owner, played in a real browser against the split stack."""

import datetime as dt
import re

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from stack.common.waiting import wait_until
from tests.journeys.system import Account, System, answered, enter, said

pytestmark = pytest.mark.keeps_data
TITLE = "Attic above the botanic garden"


def _photo(folder, name: str, color: str) -> str:
    path = folder / name
    Image.new("RGB", (900, 600), color).save(path)
    return str(path)


def _listing(system: System, owner: Account) -> dict:
    """The owner's only listing as it stands in the database."""
    return system.db.listings.find_one({"host_id": owner.id()})


def test_a_listing_from_its_first_word_to_its_end(system, page, tmp_path):
    owner = system.register("owner")
    enter(page, owner, "/host/listings")
    expect(page.get_by_role("heading", name="No published listing yet")).to_be_visible()
    page.get_by_role("link", name="New listing").first.click()
    _write(page)
    expect(page).to_have_url(re.compile(r"/photos$"))
    made = _listing(system, owner)
    assert (made["title"], made["price_per_night"], made["version"]) == (TITLE, 12050, 1)
    assert made["amenities"] == ["Rooftop hammock"]
    assert made["capacity"]["max_guests"] == 3

    _arrange(page, tmp_path)
    cover = _listing(system, owner)["images"][0]
    assert page.request.get(cover).headers["content-type"] == "image/webp"

    page.get_by_role("link", name="Details").click()
    _edit_against_another(system, page, owner)
    _withdraw_and_delete(page)
    assert system.http.get(f"/api/properties/{made['_id']}").status_code == 404
    assert owner.get("/api/owner/listings").json()["results"] == []


def _write(page: Page) -> None:
    page.get_by_role("button", name="Create listing").click()
    expect(page.get_by_text("Enter a title.")).to_be_visible()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Description").fill("Quiet, with a view of the tree tops.")
    page.get_by_label("City").fill("Singapore")
    page.get_by_label("Country").fill("Singapore")
    page.get_by_role("region", name="Map to mark the place").locator(".leaflet-container").click()
    expect(page.get_by_label("Latitude")).not_to_have_value("")
    page.get_by_role("button", name="More guests").click()
    page.get_by_label("Find or add an amenity").fill("Rooftop hammock")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Price per night", exact=True).fill("120.5")
    page.get_by_role("button", name="Create listing").click()


def _arrange(page: Page, tmp_path) -> None:
    (tmp_path / "notes.png").write_bytes(b"no picture at all")
    files = [_photo(tmp_path, name, name[:-4]) for name in ("teal.jpg", "coral.png")]
    page.get_by_label("Choose photos").set_input_files([*files, str(tmp_path / "notes.png")])
    photos = page.get_by_role("list", name="Photos").get_by_role("listitem")
    expect(photos).to_have_count(2)
    expect(page.get_by_role("list", name="Uploads").get_by_role("alert")).to_contain_text(
        "notes.png"
    )
    first = photos.first.get_by_role("img").get_attribute("src")
    page.get_by_role("button", name="Move photo 1 right").press("Enter")
    expect(photos.nth(1).get_by_role("img")).to_have_attribute("src", first or "")
    photos.nth(1).drag_to(photos.first)
    expect(photos.first.get_by_role("img")).to_have_attribute("src", first or "")
    with page.expect_response(lambda reply: reply.request.method == "DELETE") as removal:
        page.get_by_role("button", name="Remove photo 2").click()
        expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert removal.value.json()["images"] == [first]
    expect(photos).to_have_count(1)


def _edit_against_another(system: System, page: Page, owner: Account) -> None:
    page.get_by_label("Title").fill("Attic, now with a stove")
    stored = _listing(system, owner)
    reply = system.http.put(
        f"/api/properties/{stored['_id']}",
        json={"price_per_night": 99, "version": stored["version"]},
        headers=owner.headers,
    )
    assert reply.status_code == 200, reply.text
    page.get_by_role("button", name="Save changes").click()
    note = page.get_by_role("alert", name="A newer version")
    expect(note).to_contain_text("Changed there: Price per night.")
    note.get_by_role("button", name="Load the newer version, keep my changes").click()
    page.get_by_role("button", name="Save changes").click()
    said(page, "Saved.")
    stored = _listing(system, owner)
    assert (stored["title"], stored["price_per_night"]) == ("Attic, now with a stove", 9900)
    page.get_by_label("Title").fill("Never saved")
    page.get_by_role("link", name="Your listings").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Leave and lose it").click()
    assert _listing(system, owner)["title"] == "Attic, now with a stove"


def _withdraw_and_delete(page: Page) -> None:
    card = page.get_by_role("article", name="Attic, now with a stove")
    card.get_by_role("button", name="Withdraw").click()
    said(page, "Withdrawn: travelers no longer find it.")
    page.get_by_role("link", name="Withdrawn").click()
    answered(page, "status=inactive")
    card.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="No withdrawn listings")).to_be_visible()


@pytest.fixture
def booked(system):
    """A listing whose host has been asked for a stay, and the request."""
    listings, stay = system.find_free()
    guest = system.register()
    listing = listings[12]
    body = {"listing_id": listing["id"], "guest_count": 1, **stay}
    reply = guest.post("/api/bookings", body)
    assert reply.status_code == 201, reply.text
    return listing, system.host_of(listing["id"]), guest, reply.json()


def _night(page: Page, day: str) -> Locator:
    return page.locator(f'[data-day="{day}"]')


def test_nights_are_blocked_and_freed_but_never_from_under_a_guest(system, page, booked):
    listing, host, _, booking = booked
    first = dt.date.fromisoformat(booking["check_out"])
    days = [(first + dt.timedelta(days=offset)).isoformat() for offset in range(2)]
    assert host.post(f"/api/owner/bookings/{booking['id']}/accept").status_code == 200
    _free(system, host, listing["id"], days)

    enter(page, host, f"/host/listings/{listing['id']}/calendar")
    expect(_night(page, booking["check_in"])).to_have_accessible_name(re.compile("booked"))
    _night(page, days[0]).click()
    _night(page, days[0]).press("Shift+ArrowRight")
    panel = page.get_by_role("region", name="Chosen nights")
    panel.get_by_role("button", name="Block").click()
    said(page, "These nights are blocked now.")
    assert set(days) <= _taken(system, listing["id"], days[0])
    panel.get_by_role("button", name="Undo last change").click()
    said(page, "The last change is undone.")
    assert not set(days) & _taken(system, listing["id"], days[0])

    _night(page, booking["check_in"]).click()
    _night(page, days[0]).click()
    panel.get_by_role("button", name="Block").click()
    refusal = panel.get_by_role("alert")
    expect(refusal).to_contain_text("Guests have booked some of these nights")
    assert days[0] not in _taken(system, listing["id"], days[0])
    refusal.get_by_role("link", name=re.compile("^Booking")).click()
    expect(page).to_have_url(re.compile(f"/bookings/{booking['id']}$"))

    _delete_is_refused(page, _card(page, listing["id"]))
    assert host.get(f"/api/owner/listings/{listing['id']}").status_code == 200


def _free(system: System, host: Account, listing_id: str, days: list[str]) -> None:
    """The dump may have these nights taken: this test needs them free."""
    ids = [f"{listing_id}:{day}" for day in days]
    system.db.night_claims.delete_many({"_id": {"$in": ids}})


def _taken(system: System, listing_id: str, start: str) -> set[str]:
    end = dt.date.fromisoformat(start) + dt.timedelta(days=10)
    query = {"from": start, "to": end.isoformat()}
    return set(
        system.http.get(f"/api/properties/{listing_id}/calendar", params=query).json()["taken"]
    )


def _card(page: Page, listing_id: str) -> Locator:
    """Of a listing among those of its host, who may have many pages of them."""
    own = page.locator(f'a[href="/host/listings/{listing_id}"]')
    card = page.get_by_role("article").filter(has=own)
    for number in range(1, 60):
        page.goto(f"/host/listings?page={number}")
        expect(page.get_by_role("list", name="Your listings")).to_be_visible()
        answered(page, f"page={number}")
        expect(page.get_by_role("article").first).to_be_visible()
        if card.count():
            return card
    raise AssertionError(f"{listing_id} is on none of the pages of its host's listings")


def _delete_is_refused(page: Page, card: Locator) -> None:
    card.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Delete for good").click()
    expect(dialog.get_by_role("list", name="Booked nights")).to_be_visible()
    dialog.get_by_role("link", name="Open its bookings").click()
    expect(page).to_have_url(re.compile("/desk"))


def test_the_desk_is_narrowed_and_its_answers_reach_the_figures(system, page, booked):
    listing, host, guest, booking = booked
    other = guest.post("/api/bookings", {**_next_stay(system, booking), "guest_count": 1}).json()
    before = _figures(host, listing)

    enter(page, host, "/desk")
    page.get_by_label("Listing", exact=True).select_option(listing["id"])
    expect(page).to_have_url(re.compile("listing_id="))
    page.get_by_label("Stays from").fill(booking["check_in"])
    expect(page).to_have_url(re.compile("from="))
    page.get_by_label("up to").fill(booking["check_out"])
    asked = (f"listing_id={listing['id']}", f"from={booking['check_in']}")
    requests = answered(page, *asked, f"to={booking['check_out']}").get_by_role("article")
    expect(requests).to_have_count(1)
    expect(page).to_have_url(re.compile(f"listing_id={listing['id']}.*from={booking['check_in']}"))
    requests.get_by_role("button", name="Accept").click()
    _becomes(guest, booking, "confirmed")

    page.get_by_role("button", name="Any time").click()
    theirs = page.locator(f'a[href="/bookings/{other["id"]}"]')
    request = page.get_by_role("list", name="Bookings").get_by_role("article").filter(has=theirs)
    request.get_by_role("button", name="Decline").click()
    page.get_by_role("dialog").get_by_label(re.compile("Reason")).fill("Painters")
    page.get_by_role("dialog").get_by_role("button", name="Decline request").click()
    _becomes(guest, other, "declined")

    def counted():
        seen = _figures(host, listing)["bookings"]
        return (seen["confirmed"], seen["declined"]) == (
            before["bookings"]["confirmed"] + 1,
            before["bookings"]["declined"] + 1,
        )

    wait_until(counted, "the figures", seconds=30)
    _figures_are_shown(page, host, listing)


def _becomes(guest: Account, booking: dict, status: str) -> None:
    def reached():
        return guest.get(f"/api/bookings/{booking['id']}").json()["status"] == status

    wait_until(reached, status, seconds=10)


def _next_stay(system: System, booking: dict) -> dict:
    """The two nights after, made free of what the dump has there."""
    first = dt.date.fromisoformat(booking["check_out"])
    nights = [(first + dt.timedelta(days=offset)).isoformat() for offset in range(3)]
    ids = [f"{booking['listing_id']}:{night}" for night in nights]
    system.db.night_claims.delete_many({"_id": {"$in": ids}})
    return {"listing_id": booking["listing_id"], "check_in": nights[0], "check_out": nights[2]}


def _figures(host: Account, listing: dict) -> dict:
    query = {"listing_id": listing["id"], "currency": listing["currency"]}
    return host.get("/api/owner/analytics", **query).json()["totals"]


def _figures_are_shown(page: Page, host: Account, listing: dict) -> None:
    page.get_by_role("link", name="Analytics").click()
    expect(page.get_by_role("region", name="Revenue by listing")).to_be_visible()
    page.get_by_label("Listing", exact=True).select_option(listing["id"])
    answered(page, f"listing_id={listing['id']}")
    figures = _figures(host, listing)
    tiles = page.get_by_label("Totals", exact=True)
    sold = f"{figures['nights_sold']} of {figures['nights_available']} nights sold"
    expect(tiles).to_contain_text(sold)
    assert figures["nights_sold"] >= 2
    states = page.get_by_role("region", name="Bookings by state")
    states.get_by_text("As a table").click()
    confirmed = str(figures["bookings"]["confirmed"])
    expect(states.get_by_role("row", name="Confirmed")).to_contain_text(confirmed)
    expect(states.locator("svg.recharts-surface")).to_be_visible()
    expect(page.get_by_text(re.compile("^As of"))).to_be_visible()
