"""One booking travels the whole system: the split shape, real HTTP, real Kafka, a real browser."""

import datetime as dt
import re
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import httpx
import pytest
from bson import ObjectId
from playwright.sync_api import Page, expect

from stack.common.waiting import wait_until
from tests.journeys.system import WAIT_SECONDS, System, answered, log_in, press_day, reserve

pytestmark = pytest.mark.keeps_data
CONSUMERS = ["consumer-owners", "consumer-travelers", "consumer-notifications"]


class Hops:
    """The seconds that each step of the journey took."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def time(self, name, call, *args, **kwargs):
        began = time.monotonic()
        result = call(*args, **kwargs)
        self.seconds.setdefault(name, []).append(time.monotonic() - began)
        return result

    def table(self) -> str:
        rows = [
            f"  {name:<28}{statistics.median(found) * 1e3:8.0f}{max(found) * 1e3:8.0f}"
            for name, found in self.seconds.items()
        ]
        return "\n".join(["Hops in milliseconds (median, most):", *rows])


def test_from_request_to_notification(system, capsys):
    guest, hops = system.register(), Hops()
    listings, stay = system.find_free()
    assert len(listings) >= 5

    for listing in listings[:5]:
        path, body = f"/api/properties/{listing['id']}", {"listing_id": listing["id"], **stay}
        host = system.host_of(listing["id"])
        hops.time("search", system.find_free)
        hops.time("detail", system.http.get, path)
        reply = hops.time(
            "POST booking -> 201", guest.post, "/api/bookings", {**body, "guest_count": 1}
        )
        assert reply.status_code == 201, reply.text
        booking = reply.json()["id"]
        hops.time("201 -> owner's feed", host.told_of, booking, "booking_requested")
        accept = f"/api/owner/bookings/{booking}/accept"
        assert hops.time("accept -> 200", host.post, accept).json()["status"] == "confirmed"
        hops.time("200 -> guest's feed", guest.told_of, booking, "booking_confirmed")
        assert guest.get(f"/api/bookings/{booking}").json()["status"] == "confirmed"

    with capsys.disabled():
        print(f"\n{hops.table()}")
    assert statistics.median(hops.seconds["201 -> owner's feed"]) < 2
    assert statistics.median(hops.seconds["200 -> guest's feed"]) < 2


def test_a_person_books_in_the_browser_and_sees_the_acceptance(system, page, capsys):
    guest, hops = system.register(), Hops()
    listings, stay = system.find_free()
    listing = listings[15]
    host = system.host_of(listing["id"])

    hops.time("search by place", _search, page, listing)
    _ask(page, listing, stay)
    log_in(page, guest)
    reserve(page)
    checkout = page.get_by_role("form", name="Checkout")
    checkout.get_by_label(re.compile("Special requests")).fill("We arrive late")
    checkout.get_by_role("button", name=re.compile("^Request to book")).click()
    expect(
        page.get_by_role("heading", name=re.compile("request", re.IGNORECASE)).first
    ).to_be_visible()
    booking = system.db.bookings.find_one({"guest_id": guest.id(), "status": "pending"})
    assert str(booking["listing_id"]) == listing["id"]
    assert booking["special_requests"] == "We arrive late"

    assert host.post(f"/api/owner/bookings/{booking['_id']}/accept").status_code == 200
    confirmed = page.get_by_role("heading", name="Your stay is confirmed")
    hops.time("acceptance -> on the page", expect(confirmed).to_be_visible, timeout=20_000)
    expect(page.get_by_role("button", name=re.compile(r"^Notifications, [1-9]"))).to_be_visible()

    page.get_by_role("link", name="My bookings", exact=True).click()
    article = page.get_by_role("article", name=re.compile(re.escape(listing["title"])))
    expect(article.get_by_text("Confirmed", exact=True)).to_be_visible()
    with capsys.disabled():
        print(f"\n{hops.table()}")


def _search(page: Page, listing: dict) -> None:
    city = listing["location"]["city"]
    page.goto("/")
    page.get_by_role("combobox", name="Where").fill(city)
    page.get_by_role("option", name=re.compile(city)).first.click()
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("region", name="Map of places")).to_be_visible()
    answered(page, "place=")
    found = page.get_by_role("list", name="Places to stay").get_by_role("article")
    expect(found.first).to_be_visible()


def _ask(page: Page, listing: dict, stay: dict) -> None:
    page.goto(f"/listings/{listing['id']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(listing["title"][:20])
    for day in (stay["check_in"], stay["check_out"]):
        press_day(page, day)
    expect(page.get_by_role("table", name="Price", exact=True)).to_be_visible()
    page.get_by_role("button", name="Log in to reserve").click()


def test_an_owner_answers_at_the_desk(system, page):
    guest = system.register()
    listings, stay = system.find_free()
    listing = listings[16]
    host = system.host_of(listing["id"])
    body = {"listing_id": listing["id"], "guest_count": 1, **stay}
    booking = guest.post("/api/bookings", body).json()["id"]

    page.goto("/login")
    log_in(page, host)
    page.goto("/desk")
    article = page.get_by_role("article", name=re.compile(re.escape(listing["title"]))).first
    article.get_by_role("button", name="Decline").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile("Reason")).fill("The roof is being mended")
    dialog.get_by_role("button", name="Decline request").click()

    guest.told_of(booking, "booking_declined")
    declined = guest.get(f"/api/bookings/{booking}").json()
    assert declined["status"] == "declined"
    assert declined["history"][-1]["reason"] == "The roof is being mended"


def test_fifty_clients_one_stay_over_http(system):
    listings, stay = system.find_free()
    body = {"listing_id": listings[10]["id"], "guest_count": 1, **stay}
    guests = [system.register() for _ in range(10)]

    def ask(number):
        with httpx.Client(base_url=system.stack.url, timeout=60) as client:
            headers = guests[number % 10].headers
            return client.post("/api/bookings", json=body, headers=headers).status_code

    with ThreadPoolExecutor(50) as pool:
        statuses = Counter(pool.map(ask, range(50)))

    assert statuses == {201: 1, 409: 49}


def test_kills_lose_and_repeat_nothing(system, capsys):
    """kill -9 of relay and consumers in the middle of 200 bookings."""
    guest = system.register()
    listings, _ = system.find_free(per_page=40)
    first = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=200)
    acknowledged: list[dict] = []
    done = Event()

    def book(number):
        start = first + dt.timedelta(days=3 * (number // 20))
        stay = {"check_in": str(start), "check_out": str(start + dt.timedelta(days=2))}
        listing = made_up[number % 20]
        body = {"listing_id": listing, "guest_count": 1, **stay}
        with httpx.Client(base_url=system.stack.url, timeout=60) as client:
            reply = client.post("/api/bookings", json=body, headers=guest.headers)
        assert reply.status_code == 201, reply.text
        acknowledged.append(reply.json())
        time.sleep(0.3)

    made_up = _copies(system, listings[0]["id"], 20)
    kills: Counter[str] = Counter()
    workers = ["relay", *CONSUMERS]

    def kill():
        while not done.is_set() or kills["relay"] < 2:
            pids = {name: system.stack.kill(name) for name in workers}
            kills.update(pids.keys())
            for name, pid in pids.items():
                system.stack.wait_restarted(name, pid)

    killer = Thread(target=kill)
    killer.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(book, range(200)))
    done.set()
    killer.join(WAIT_SECONDS)

    assert len(acknowledged) == 200
    ids = [booking["id"] for booking in acknowledged]
    feed = system.db.notifications
    wait_until(
        lambda: feed.count_documents({"booking_id": {"$in": ids}}) >= 200,
        "200 notifications",
        seconds=WAIT_SECONDS,
    )
    told = Counter(item["booking_id"] for item in feed.find({"booking_id": {"$in": ids}}))
    assert set(told.values()) == {1}
    assert set(told) == set(ids)
    events = [
        row["_id"]
        for row in system.db.outbox.find({"key": {"$in": ids}, "published_at": {"$ne": None}})
    ]
    assert len(events) == 200
    handled = [f"owners:booking-requests:{event}" for event in events]
    assert system.db.inbox.count_documents({"_id": {"$in": handled}}) == 200
    assert system.db.outbox.count_documents({"published_at": None}) == 0
    assert system.db.dead_letters.count_documents({}) == 0
    with capsys.disabled():
        print(f"\n200 bookings, kill -9: {dict(kills)}")
    assert min(kills[name] for name in workers) >= 2


def _copies(system: System, listing_id: str, count: int) -> list[str]:
    """Listings without a taken night, so that every one of the bookings is acknowledged."""
    row = system.db.listings.find_one({"_id": ObjectId(listing_id)})
    rows = [
        {**row, "_id": ObjectId(), "source": None, "source_id": None, "is_active": True}
        for _ in range(count)
    ]
    system.db.listings.insert_many(rows)
    return [str(copy["_id"]) for copy in rows]
