"""A running stack and the people who use it over HTTP."""

import datetime as dt
import re
import uuid
from functools import cached_property

import httpx
from bson import ObjectId
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Locator, Page, expect
from pymongo import MongoClient

from conftest import PASSWORD
from stack.common.waiting import wait_until
from stack.processes.stack import Stack

CITY_HALL = {"lat": 1.2931, "lng": 103.8520}
WAIT_SECONDS = 60


class System:
    """The split stack with a real dump in it, or the demo set where there is no dump."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.http = httpx.Client(base_url=stack.url, timeout=30)
        self.db = MongoClient(stack.environment["MONGODB_URI"])[
            stack.environment["MONGODB_DATABASE"]
        ]

    def register(self, side: str = "traveler") -> "Account":
        name = f"{side}-{uuid.uuid4().hex[:10]}"
        body = {"username": name, "email": f"{name}@example.com", "password": PASSWORD}
        reply = self.http.post(f"/api/{side}/auth/register", json={**body, "first_name": "Gia"})
        assert reply.status_code == 201, reply.text
        self.confirm(body["email"])
        return Account(self, reply.json()["token"], body["email"])

    def confirm(self, email: str) -> None:
        """As the link in an e-mail does, which a worker takes up to ten seconds to send; a journey
        of tests/journeys/test_pages_account.py waits for it."""
        now = dt.datetime.now(dt.UTC)
        self.db.users.update_one({"email": email}, {"$set": {"email_verified_at": now}})

    def host_of(self, listing_id: str) -> "Account":
        """Imported hosts cannot log in: this one gets a password, as support would give one."""
        listing = self.db.listings.find_one({"_id": ObjectId(listing_id)})
        self.db.users.update_one(
            {"_id": listing["host_id"]}, {"$set": {"password_hash": self.password_hash}}
        )
        email = self.db.users.find_one({"_id": listing["host_id"]})["email"]
        reply = self.http.post("/api/owner/auth/login", json={"email": email, "password": PASSWORD})
        assert reply.status_code == 200, reply.text
        return Account(self, reply.json()["token"], email)

    @cached_property
    def city(self) -> str:
        """The one with the most listings."""
        places = self.http.get("/api/properties/places").json()["places"]
        return str(max(places, key=lambda place: place["count"])["city"])

    @cached_property
    def password_hash(self) -> str:
        return make_password(PASSWORD)

    def find_free(self, nights: int = 2, per_page: int = 20) -> tuple[list[dict], dict]:
        """Free listings near the middle of the map whose host answers each request, and the dates
        they are free for."""
        first = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=40)
        stay = {
            "check_in": first.isoformat(),
            "check_out": (first + dt.timedelta(days=nights)).isoformat(),
        }
        query = {**CITY_HALL, "radius_km": 500, "guests": 1, **stay}
        return (
            self._answered(query, per_page) or self._answered({"guests": 1, **stay}, per_page)
        ), stay

    def _answered(self, query: dict[str, object], wanted: int) -> list[dict]:
        """Goes through the pages of a search: most homes of a city may be booked at once, or belong
        to the host of the load, whose thousands fill more pages than anybody turns."""
        loads = self.db.users.distinct("_id", {"username": "load-host"})
        left = {"$or": [{"instant_book": True}, {"host_id": {"$in": loads}}]}
        left_out = {str(one) for one in self.db.listings.distinct("_id", left)}
        rows: list[dict] = []
        params = {**query, "per_page": 100}
        while len(rows) < wanted:
            found = self.http.get("/api/properties/search", params=params)
            assert found.status_code == 200, found.text
            page = found.json()
            rows += [one for one in page["results"] if one["id"] not in left_out]
            if page["next_cursor"] is None:
                break
            params["cursor"] = page["next_cursor"]
        return rows[:wanted]


class Account:
    def __init__(self, system: System, token: str, email: str) -> None:
        self.system = system
        self.token = token
        self.email = email
        self.headers = {"Authorization": f"Bearer {token}"}

    def id(self) -> ObjectId:
        return self.system.db.users.find_one({"email": self.email})["_id"]

    def post(self, path: str, body: dict | None = None) -> httpx.Response:
        return self.system.http.post(path, json=body or {}, headers=self.headers)

    def get(self, path: str, **params) -> httpx.Response:
        return self.system.http.get(path, params=params, headers=self.headers)

    def told_of(self, booking_id: str, kind: str) -> None:
        wait_until(
            lambda: (booking_id, kind) in self._feed(), kind, seconds=WAIT_SECONDS, pause=0.02
        )

    def _feed(self) -> list[tuple[str, str]]:
        found = self.get("/api/notifications", per_page=100).json()["results"]
        return [(item["booking_id"], item["kind"]) for item in found]


def log_in(page: Page, account: Account) -> None:
    """Fills the open login form."""
    page.get_by_label("E-mail").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Account menu")).to_be_visible()


def enter(page: Page, account: Account, address: str) -> None:
    """Logs in and goes to an address."""
    page.goto("/login")
    log_in(page, account)
    page.goto(address)


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("region", name="Messages").get_by_text(text)).to_be_visible()


def answered(page: Page, *words: str) -> Locator:
    """Returns the list or figures of the page once they answer an address with all of the words.

    The address changes first, then `aria-busy`, then the content: neither of the first two tells
    that what is read belongs to the address.
    """
    for word in words:
        expect(page).to_have_url(re.compile(re.escape(word)))
    query = page.evaluate("new URLSearchParams(location.search).toString()")
    shown = page.locator("[data-query]")
    expect(shown).to_have_attribute("data-query", query)
    return shown


def on_map(page: Page) -> int:
    """Counts the places that the signs of the map stand for: prices, and numbers of several."""
    signs = page.get_by_role("region", name="Map of places").locator("[data-count]")
    return int(signs.evaluate_all("all => all.reduce((sum, one) => sum + +one.dataset.count, 0)"))


def reserve(page: Page) -> None:
    """Holds the stay that the open page of a place shows, and waits for the checkout."""
    expect(page.get_by_role("table", name="Price", exact=True)).to_be_visible()
    page.get_by_role("button", name="Reserve", exact=True).click()
    expect(page.get_by_role("heading", name="Checkout", exact=True)).to_be_visible()


def press_day(inside: Page | Locator, day: str) -> None:
    """Turns the calendar to the month of the day; each turn is waited for, so none is too many."""
    button = inside.locator(f'[data-day="{day}"]')
    month = inside.get_by_role("grid").first
    while not button.count():
        shown = month.get_attribute("aria-label")
        inside.get_by_role("button", name="Next month").click()
        expect(month).not_to_have_attribute("aria-label", shown)
    button.first.click()
