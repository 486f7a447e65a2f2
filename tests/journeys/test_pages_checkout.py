"""Holding, paying, changing and cancelling a stay in a real browser against the split stack."""

import datetime as dt
import re
from typing import Any

import pytest
from bson import ObjectId
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.browsers import window
from tests.journeys.system import Account, System, enter, press_day, reserve, said

pytestmark = pytest.mark.keeps_data
VISA = "Visa ending in 4242"


def _open_place(system: System, page: Page, number: int) -> tuple[Account, dict, dict]:
    """A new guest at the page of a free place with the stay chosen."""
    listings, stay = system.find_free(per_page=100)
    guest, listing = system.register(), listings[number]
    query = f"check_in={stay['check_in']}&check_out={stay['check_out']}&guests=1"
    enter(page, guest, f"/listings/{listing['id']}?{query}")
    return guest, listing, stay


def _pay(page: Page, card: str) -> None:
    page.get_by_role("radio", name=card, exact=True).check()
    page.get_by_role("button", name=re.compile("^(Request to book|Book now)")).click()


def _booking(system: System, guest: Account) -> dict[str, Any]:
    """The guest's only one as it stands in the database."""
    return system.db.bookings.find_one({"guest_id": guest.id()})


def _timer(page: Page) -> Locator:
    return page.get_by_role("timer")


def test_a_stay_is_held_for_a_while_and_paid_when_the_host_says_yes(system, page):
    guest, listing, stay = _open_place(system, page, 40)
    reserve(page)
    expect(_timer(page)).to_contain_text(re.compile(r"^1[45]:\d\d"))
    shown = _timer(page).text_content() or ""
    expect(_timer(page)).not_to_have_text(shown)
    other = system.register()
    body = {"listing_id": listing["id"], "guest_count": 1, **stay}
    assert other.post("/api/bookings", body).json()["error"]["code"] == "NIGHTS_TAKEN"

    page.get_by_role("link", name="Staywell, home").click()
    banner = page.get_by_role("complementary", name="A stay is held for you")
    banner.get_by_role("link", name="Go on to pay").click()
    _pay(page, VISA)
    expect(page.get_by_role("heading", name="Request sent")).to_be_visible()
    price = page.get_by_role("region", name="Price", exact=True)
    expect(price).to_contain_text("Authorised. The card is charged when the host accepts.")
    booking = _booking(system, guest)
    assert system.db.holds.count_documents({"guest_id": guest.id()}) == 0

    host = system.host_of(listing["id"])
    assert host.post(f"/api/owner/bookings/{booking['_id']}/accept").status_code == 200
    expect(page.get_by_role("heading", name="Your stay is confirmed")).to_be_visible()
    expect(price.get_by_label("Payment")).to_contain_text("Paid")
    paid = _booking(system, guest)
    assert (paid["paid"], paid["payment_status"]) == (paid["total_price"], "paid")


def test_nights_are_given_back_from_the_checkout(system, page):
    guest, listing, stay = _open_place(system, page, 41)
    reserve(page)
    page.get_by_role("button", name="Give the nights back").click()
    expect(page.get_by_role("button", name="Reserve", exact=True)).to_be_enabled()
    assert system.db.holds.count_documents({"guest_id": guest.id()}) == 0
    body = {"listing_id": listing["id"], "guest_count": 1, **stay}
    assert system.register().post("/api/bookings", body).status_code == 201


def test_a_declined_card_leaves_the_hold_and_another_card_pays(system, page):
    guest, _, _ = _open_place(system, page, 42)
    reserve(page)
    _pay(page, "Card that is declined")
    expect(page.get_by_role("alert")).to_contain_text("declined")
    expect(_timer(page)).to_be_visible()
    assert _booking(system, guest) is None
    _pay(page, VISA)
    expect(page.get_by_role("heading", name="Request sent")).to_be_visible()
    payments = list(system.db.payments.find({"guest_id": guest.id()}).sort("_id"))
    assert [payment["status"] for payment in payments] == ["declined", "authorised"]


def test_a_bank_that_asks_is_told_no_and_then_yes(system, page):
    guest, listing, _ = _open_place(system, page, 43)
    system.db.listings.update_one(
        {"_id": ObjectId(listing["id"])}, {"$set": {"instant_book": True}}
    )
    page.reload()
    expect(page.get_by_text("Book now:")).to_be_visible()
    reserve(page)
    _pay(page, "Card that asks its holder")
    bank = page.get_by_role("dialog", name="Your bank wants to confirm")
    expect(bank).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile("^Book now"))).to_be_focused()
    _pay(page, "Card that asks its holder")
    bank.get_by_role("button", name="Refuse").click()
    expect(page.get_by_text("Your bank did not confirm this payment")).to_be_visible()
    assert _booking(system, guest) is None
    _pay(page, "Card that asks its holder")
    bank.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Your stay is confirmed")).to_be_visible()
    expect(page.get_by_text("Instant booking", exact=True)).to_be_visible()
    assert _booking(system, guest)["status"] == "confirmed"


def _confirmed(system: System, number: int, **terms: Any) -> tuple[Account, Account, dict]:
    """A guest, the host, and the booking that the two have."""
    listings, stay = system.find_free(nights=3, per_page=100)
    longer = {one["id"] for one in system.find_free(nights=5, per_page=100)[0]}
    listing = [one for one in listings if one["id"] in longer][number]
    if terms:
        system.db.listings.update_one({"_id": ObjectId(listing["id"])}, {"$set": terms})
    guest, host = system.register(), system.host_of(listing["id"])
    reply = guest.post("/api/bookings", {"listing_id": listing["id"], "guest_count": 1, **stay})
    assert reply.status_code == 201, reply.text
    accepted = host.post(f"/api/owner/bookings/{reply.json()['id']}/accept")
    assert accepted.status_code == 200, accepted.text
    return guest, host, accepted.json()


def test_what_a_cancellation_shows_is_what_comes_back(system, page):
    guest, _, booking = _confirmed(system, 30, cancellation_policy="strict")
    own = {"_id": ObjectId(booking["id"])}
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=3)
    system.db.bookings.update_one(own, {"$set": {"created_at": long_ago}})
    enter(page, guest, f"/bookings/{booking['id']}")
    expect(page.get_by_role("heading", name="Cancellation: strict")).to_be_visible()
    page.get_by_role("button", name="Cancel booking").click()
    back = page.get_by_role("table", name="Your refund")
    expect(back).to_contain_text("not returned")
    promised = guest.get(f"/api/bookings/{booking['id']}/cancellation").json()["refund"]
    assert 0 < promised < booking["total_price"]
    shown = f"{promised:,.2f}".removesuffix(".00")
    expect(back.get_by_role("row", name=re.compile("^You get back"))).to_contain_text(shown)
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("heading", name="This booking is cancelled")).to_be_visible()
    expect(page.get_by_label("Payment")).to_contain_text(shown)
    assert system.db.bookings.find_one(own)["refunded"] == round(promised * 100)


def test_a_change_of_dates_is_asked_for_and_agreed_at_the_desk(
    system: System, page: Page, browser: Browser
):
    guest, host, booking = _confirmed(system, 31, alteration_consent=True)
    later = str(dt.date.fromisoformat(booking["check_out"]) + dt.timedelta(days=1))
    enter(page, guest, f"/bookings/{booking['id']}")
    page.get_by_role("button", name="Change dates or guests").click()
    form = page.get_by_role("form", name="Change dates or guests")
    press_day(form, booking["check_in"])
    press_day(form, later)
    expect(form.get_by_text("more to pay.")).to_be_visible()
    form.get_by_role("button", name="Ask the host").click()
    said(page, "The host has been asked. The new nights are held meanwhile.")
    note = page.get_by_role("region", name="A change is requested")
    expect(note).to_be_visible()

    with window(browser, base_url=system.stack.url) as (desk, problems):
        enter(desk, host, "/desk?status=confirmed&listing_id=" + booking["listing_id"])
        card = desk.get_by_role("article").filter(has_text="would like to change this stay")
        card.get_by_role("button", name="Agree to the change").click()
        said(desk, "Agreed. The stay is changed, and the guest will be notified.")
    assert problems == []

    expect(note).to_have_count(0)
    changed = guest.get(f"/api/bookings/{booking['id']}").json()
    assert (changed["check_out"], changed["alteration"]) == (later, None)
    assert changed["paid"] == changed["total_price"] > booking["total_price"]
