"""Every page of a traveler, played in a real browser against the split stack."""

import datetime as dt
import re
import uuid
from collections.abc import Callable

import pytest
from bson import ObjectId
from PIL import Image
from playwright.sync_api import Page, expect

from apps.properties.vocabulary import amenity_ids
from conftest import PASSWORD
from stack.common.waiting import wait_until
from tests.journeys.system import (
    WAIT_SECONDS,
    Account,
    System,
    answered,
    enter,
    on_map,
    press_day,
    reserve,
    said,
)

pytestmark = pytest.mark.keeps_data


def _enter(system: System, page: Page, address: str) -> Account:
    """A traveler who is logged in and stands at an address."""
    guest = system.register()
    enter(page, guest, address)
    return guest


def _day(stay_day: str, nights: int) -> str:
    return str(dt.date.fromisoformat(stay_day) + dt.timedelta(days=nights))


def _wait(ready: Callable[[], object], what: str) -> None:
    wait_until(lambda: bool(ready()), what, seconds=WAIT_SECONDS)


def test_somebody_new_registers_and_says_who_they_are(system, page, tmp_path):
    name = f"new-{uuid.uuid4().hex[:10]}"
    page.goto("/register")
    for label, text in {
        "First name": "Gia",
        "Last name": "Rossi",
        "Username": name,
        "E-mail": f"{name}@example.com",
        "Password": PASSWORD,
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("button", name="Account menu")).to_be_visible()

    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("link", name="Profile").click()
    page.get_by_role("button", name="Edit profile").click()
    page.get_by_label("Phone").fill("no number")
    page.get_by_label("City").fill("Trieste")
    page.get_by_label("Languages").fill("Italian, English")
    page.get_by_label("About me").fill("Likes trains.")
    page.get_by_role("button", name="Save profile").click()
    expect(page.get_by_text("Enter a phone number such as +65 6123 4567.")).to_be_visible()
    page.get_by_label("Phone").fill("+39 040 123456")
    page.get_by_role("button", name="Save profile").click()
    said(page, "Your profile is saved.")
    stored = system.db.users.find_one({"username": name})
    assert stored["phone"] == "+39 040 123456"
    assert stored["profile"]["city"] == "Trieste"
    assert stored["profile"]["languages"] == ["Italian", "English"]

    Image.new("RGB", (600, 400), "teal").save(tmp_path / "me.png")
    page.get_by_label("Add a picture").set_input_files(tmp_path / "me.png")
    expect(page.get_by_role("img", name="The chosen picture")).to_be_visible()
    page.get_by_role("button", name="Use this picture").click()
    picture = page.get_by_role("img", name="Your picture")
    expect(picture).to_be_visible()
    assert page.request.get(picture.get_attribute("src")).headers["content-type"] == "image/webp"
    page.get_by_role("button", name="Remove picture").click()
    expect(page.get_by_label("Add a picture")).to_be_attached()
    assert not system.db.users.find_one({"username": name})["profile"].get("profile_picture")


def test_preferences_outlive_a_reload(system, page):
    guest = _enter(system, page, "/preferences")
    page.get_by_text("Apartment", exact=True).click()
    page.get_by_text("Nature", exact=True).click()
    page.get_by_text("Relaxed", exact=True).click()
    page.get_by_label("Maximum per night").fill("180")
    page.get_by_role("button", name="Save preferences").click()
    said(page, "Your preferences are saved.")
    page.reload()
    expect(page.get_by_label("Maximum per night")).to_have_value("180")
    expect(page.get_by_role("radio", name="Relaxed")).to_be_checked()
    kept = guest.get("/api/traveler/preferences").json()
    assert kept["property_types"] == ["apartment"]
    assert kept["interests"] == ["nature"]


def test_a_search_with_all_filters_on_list_and_map(system, page):
    _, stay = system.find_free()
    page.goto("/")
    page.get_by_role("combobox", name="Where").fill(system.city)
    page.get_by_role("option", name=re.compile(system.city)).first.click()
    page.get_by_role("button", name=re.compile("^Dates")).click()
    press_day(page, stay["check_in"])
    press_day(page, stay["check_out"])
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Search", exact=True).click()

    page.get_by_role("button", name="Filters").click()
    dialog = page.get_by_role("dialog", name="Filters")
    dialog.get_by_label("Price up to").fill("400")
    dialog.get_by_text(re.compile("^Apartment")).click()
    dialog.get_by_role("checkbox", name="Kitchen").check()
    dialog.get_by_role("button", name=re.compile("^Show .*place")).click()
    expect(page.get_by_role("button", name="Filters (3)")).to_be_visible()
    expect(page.get_by_text("Free for every night of")).to_be_visible()

    places = answered(page, "max_price=400", "type=apartment", "amenities=", "check_in=", "place=")
    chosen = page.evaluate("new URLSearchParams(location.search).get('amenities')")
    expect(places.get_by_role("article").first).to_be_visible()
    expect(page.get_by_role("list", name="Places to stay")).to_have_attribute("aria-busy", "false")
    shown = places.locator("h3 a")
    ids = [link.get_attribute("href").split("/")[2].split("?")[0] for link in shown.all()]
    rows = list(system.db.listings.find({"_id": {"$in": [ObjectId(one) for one in ids]}}))
    assert len(rows) == len(ids) > 0
    assert {row["property_type"] for row in rows} == {"apartment"}
    assert max(row["price_per_night"] for row in rows) <= 40_000
    assert all(set(amenity_ids([chosen])) <= set(amenity_ids(row["amenities"])) for row in rows)
    total = int(re.sub(r"\D", "", page.get_by_role("heading", level=2).first.inner_text()[:8]))
    assert total >= len(ids)
    wait_until(lambda: on_map(page) == total, f"{total} on the map", seconds=WAIT_SECONDS)

    page.get_by_role("button", name="Clear filters").click()
    expect(page).not_to_have_url(re.compile("max_price|type=|amenities"))
    expect(page).to_have_url(re.compile("place=.*check_in="))


def test_a_place_that_nobody_knows_finds_nothing(system, page):
    page.goto("/?place=Nowhereville")
    expect(page.get_by_role("heading", name="No places match your search")).to_be_visible()
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.get_by_role("list", name="Places to stay")).to_be_visible()


def test_a_sentence_becomes_filters(system, page):
    page.goto("/")
    box = page.get_by_role("searchbox", name="Describe the stay you want")
    box.fill(f"apartment in {system.city} for two under 300, sunny")
    page.get_by_role("button", name="Find it").click()
    chips = page.get_by_role("list", name="Understood").get_by_role("button")
    expect(chips).to_have_text([system.city, "2 guests", "up to 300 a night", "Apartment"])
    expect(page.get_by_text("Not used: “sunny”")).to_be_visible()
    expect(page.get_by_role("list", name="Places to stay")).to_be_visible()
    answered(page, "max_price=300", "type=apartment")
    page.get_by_role("button", name="Remove up to 300 a night").click()
    expect(chips).to_have_text([system.city, "2 guests", "Apartment"])
    expect(page).not_to_have_url(re.compile("max_price"))


def test_favorites_are_kept_taken_back_and_shown_when_withdrawn(system, page):
    guest = _enter(system, page, "/")
    listings, _ = system.find_free()
    first, second = listings[3], listings[4]
    for listing in (first, second):
        page.goto(f"/listings/{listing['id']}")
        heart = page.get_by_role("button", name=f"Favorite: {listing['title']}").first
        heart.click()
        expect(heart).to_have_attribute("aria-pressed", "true")
        favorites = {"user_id": guest.id(), "listing_id": ObjectId(listing["id"])}
        _wait(lambda wanted=favorites: system.db.favorites.find_one(wanted), "a favorite")

    page.goto("/favorites")
    cards = page.get_by_role("list", name="Favorites").get_by_role("listitem")
    expect(cards).to_have_count(2)
    cards.first.get_by_role("button", name=re.compile("^Favorite")).click()
    expect(cards.first).to_contain_text("is no favorite any more")
    _wait(lambda: system.db.favorites.count_documents({"user_id": guest.id()}) == 1, "one")
    cards.first.get_by_role("button", name=re.compile("^Undo")).click()
    _wait(lambda: system.db.favorites.count_documents({"user_id": guest.id()}) == 2, "two")

    wanted = {"_id": ObjectId(first["id"])}
    system.db.listings.update_one(wanted, {"$set": {"is_active": False}})
    try:
        page.reload()
        withdrawn = page.get_by_role("article", name=first["title"])
        expect(withdrawn.get_by_text("Not offered now")).to_be_visible()
    finally:
        system.db.listings.update_one(wanted, {"$set": {"is_active": True}})


def test_a_stay_is_put_aside_booked_and_changed(system, page):
    guest = _enter(system, page, "/")
    listings, stay = system.find_free(nights=3, per_page=100)
    shorter = {one["id"] for one in system.find_free(nights=2, per_page=100)[0]}
    roomy = [one for one in listings if one["capacity"]["max_guests"] > 1 and one["id"] in shorter]
    listing = roomy[-1]
    page.goto(f"/listings/{listing['id']}")
    expect(page.get_by_role("heading", name="Around here")).to_be_visible()
    expect(page.get_by_role("list", name="Weather")).to_be_visible()
    press_day(page, stay["check_in"])
    press_day(page, stay["check_out"])
    page.get_by_role("button", name="Save for later", exact=True).click()
    page.get_by_role("link", name="Stays saved for later: 1").click()
    expect(page.get_by_role("heading", name="My bookings")).to_be_visible()
    page.reload()
    page.get_by_role("link", name=re.compile("^Continue with")).click()
    reserve(page)
    page.get_by_role("button", name=re.compile("^Request to book")).click()
    expect(page.get_by_role("heading", name="Request sent")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Stays saved for later"))).to_have_count(0)

    page.get_by_role("button", name="Edit special requests").click()
    requests = page.get_by_role("form", name="Special requests")
    requests.get_by_label(re.compile("Special requests")).fill("A cot, please")
    requests.get_by_role("button", name="Save requests").click()
    expect(requests).to_have_count(0)
    page.get_by_role("button", name="Change dates or guests").click()
    form = page.get_by_role("form", name="Change dates or guests")
    form.get_by_role("button", name="More guests").click()
    press_day(form, stay["check_in"])
    press_day(form, _day(stay["check_in"], 2))
    expect(form.get_by_role("table", name="Price", exact=True)).to_be_visible()
    form.get_by_role("button", name="Save changes").click()
    expect(form).to_have_count(0)
    booking = system.db.bookings.find_one({"guest_id": guest.id()})
    assert (booking["guest_count"], booking["special_requests"]) == (2, "A cot, please")
    changed = guest.get(f"/api/bookings/{booking['_id']}").json()
    assert (changed["check_in"], changed["nights"]) == (stay["check_in"], 2)
    claims = system.db.night_claims.count_documents({"owner_id": str(booking["_id"])})
    assert claims == 2

    page.goto(f"/bookings?from={stay['check_in']}&to={stay['check_out']}")
    answered(page, "from=", "to=")
    expect(page.get_by_role("list", name="Bookings").get_by_role("article")).to_have_count(1)
    page.get_by_role("link", name="Cancelled").click()
    expect(page.get_by_role("heading", name="No bookings here")).to_be_visible()


def test_a_trip_is_planned_and_its_stay_can_be_booked(system, page):
    guest = _enter(system, page, "/plan")
    first = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=45)
    page.get_by_role("combobox", name="Destination").fill(system.city)
    page.get_by_role("option", name=re.compile(system.city)).first.click()
    page.get_by_role("button", name=re.compile("^Dates")).click()
    press_day(page, str(first))
    press_day(page, str(first + dt.timedelta(days=3)))
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Plan the trip").click()
    expect(page.get_by_role("heading", name=system.city, level=1)).to_be_visible(timeout=30_000)
    address = page.url
    plan = guest.get(f"/api/ai/itineraries/{address.rsplit('/', 1)[1]}").json()
    days = page.get_by_role("region", name="Day by day").get_by_role("article")
    expect(days).to_have_count(3)
    expect(days.first).to_contain_text(plan["days"][0]["activities"][0]["name"])
    things = sum(len(day["activities"]) for day in plan["days"])
    expect(page.locator(".trip-pin-activity")).to_have_count(things)
    expect(page.get_by_text(plan["weather"]["attribution"])).to_be_visible()

    page.get_by_role("link", name="Book this stay").click()
    expect(page).to_have_url(re.compile(f"check_in={first}&check_out={plan['end_date']}"))
    total = page.get_by_role("table", name="Price", exact=True).get_by_role(
        "row", name=re.compile("^Total")
    )
    expect(total).to_contain_text(f"{plan['stay']['total_price']:,.2f}".removesuffix(".00"))

    page.goto("/plan")
    page.get_by_role("button", name=f"Delete the plan for {system.city}").click()
    page.get_by_role("button", name=f"Undo: {system.city}").click()
    assert guest.get("/api/ai/itineraries").json()["pagination"]["total"] == 1
    page.get_by_role("button", name=f"Delete the plan for {system.city}").click()
    page.get_by_role("link", name="Explore").click()
    _wait(lambda: guest.get("/api/ai/itineraries").json()["pagination"]["total"] == 0, "no plan")
    expect(page.get_by_role("list", name="Recommended places")).to_be_visible()
