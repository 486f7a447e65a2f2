import datetime as dt
import io
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.accounts.rows import users
from apps.bookings.demo.samples import sample_bookings
from apps.bookings.enums import Status
from apps.bookings.rows import bookings
from apps.events.rows import outbox_messages
from apps.messaging.demo.seed import TALKS
from apps.messaging.invariants import breaches
from apps.messaging.rows import messages, saved_replies, threads
from apps.properties.demo import people
from apps.properties.demo.cities import cities
from apps.properties.demo.listings import demo_listings, of_owner
from apps.properties.demo.reviews import demo_reviews
from apps.properties.rows import listings, night_claims, reviews

pytestmark = pytest.mark.slow
HANDLES = (users, listings, night_claims, reviews, bookings, outbox_messages)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media" / "demo"


def seed(**options) -> str:
    out = io.StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def everything():
    return {handle.name: list(handle.find({}).sort("_id")) for handle in HANDLES}


def test_the_set_is_there_and_running_again_changes_nothing(media):
    output = seed()
    before, files = everything(), {file.name: file.read_bytes() for file in media.iterdir()}
    assert "300 listings" in output
    assert len(before["reviews"]) > 2000
    again = seed()
    assert "The demo data is there already." in again
    assert everything() == before
    assert {file.name: file.read_bytes() for file in media.iterdir()} == files


def test_the_three_accounts_can_log_in():
    seed()
    found = {user.email: user for user in User.objects.filter(email__endswith="@example.com")}
    kinds = {email: (user.user_type, user.is_superuser) for email, user in found.items()}
    assert kinds == {
        "traveler@example.com": ("traveler", False),
        "owner@example.com": ("owner", False),
        "admin@example.com": ("traveler", True),
    }
    assert all(user.check_password("demo-stay-2026") for user in found.values())


def test_bookings_in_every_state_with_their_nights_and_events():
    seed()
    stored = everything()
    assert len(stored["bookings"]) == len(sample_bookings())
    assert {booking["status"] for booking in stored["bookings"]} == set(Status.values)
    for who, role in ((people.TRAVELER, "guest_id"), (people.OWNER, "host_id")):
        mine = [b for b in stored["bookings"] if b[role] == people.person_id(who)]
        assert {booking["status"] for booking in mine} == set(Status.values)
    holding = {"pending", "confirmed", "completed"}
    nights = {
        str(booking["_id"]): (booking["check_out"] - booking["check_in"]).days
        for booking in stored["bookings"]
        if booking["status"] in holding
    }
    claims = [claim for claim in stored["night_claims"] if claim["kind"] == "booking"]
    assert Counter(claim["owner_id"] for claim in claims) == nights
    told = [row for row in stored["outbox"] if row["payload"].get("kind") == "message_received"]
    changes = sum(booking["version"] for booking in stored["bookings"])
    assert len(stored["outbox"]) == changes + len(told)
    assert len(told) == messages.count({}) == sum(map(len, TALKS))
    assert (threads.count({}), saved_replies.count({})) == (len(TALKS), 2)
    assert not any(breaches().values())


def test_what_somebody_changed_stays():
    seed()
    listing = of_owner()[0].id
    listings.update_one({"_id": listing}, {"$set": {"price_per_night": 1}})
    reviews.delete_many({})
    assert "already" in seed()
    assert listings.find_one({"_id": listing})["price_per_night"] == 1


def test_production_needs_force(settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="--force"):
        seed()
    assert not any(everything().values())
    assert "300 listings" in seed(force=True)


def test_the_listings_are_plausible():
    listings = [demo.document for demo in demo_listings()]
    assert len(listings) == 300
    assert len({row["title"] for row in listings}) == 300
    assert len({row["description"] for row in listings}) > 290
    assert len(cities()) == 12
    assert len({row["currency"] for row in listings}) >= 10
    assert len(of_owner()) == 8
    for row in listings:
        assert row["price_per_night"] > 0
        assert 1 <= row["min_nights"] <= row["max_nights"]
        assert 2 <= row["capacity"]["max_guests"] <= 16
        assert 2 <= len(row["images"]) <= 4
        assert "{" not in row["description"]


def test_pictures_prices_and_ratings_vary():
    covers = Counter((d.pictures[0].scene, d.pictures[0].hour) for d in demo_listings())
    assert len(covers) > 40
    assert max(covers.values()) < 25
    alike = [d.document for d in demo_listings() if d.city == "Lisbon"]
    prices = [row["price_per_night"] for row in alike if row["property_type"] == "apartment"]
    assert max(prices) > 2 * min(prices)
    counts = [len(demo_reviews(demo, dt.date(2026, 12, 1))) for demo in demo_listings()]
    assert min(counts) == 0
    assert max(counts) > 40


def test_listings_lie_in_their_neighbourhoods():
    for demo in demo_listings():
        lng, lat = demo.document["exact"]["coordinates"]["coordinates"]
        assert abs(lng - demo.area.longitude) <= demo.area.spread + 1e-5
        assert abs(lat - demo.area.latitude) <= demo.area.spread + 1e-5


def test_every_picture_is_a_small_svg(media):
    seed()
    files = {file.name: file for file in media.iterdir()}
    named = {url.rpartition("/")[2] for demo in demo_listings() for url in demo.document["images"]}
    assert named == set(files)
    for file in list(files.values())[::9]:
        assert ET.fromstring(file.read_bytes()).tag == "{http://www.w3.org/2000/svg}svg"
        assert not re.search(r"href|script|nan", file.read_text())
    assert max(file.stat().st_size for file in files.values()) < 12_000


def test_reviews_name_people_and_places():
    seed()
    texts = [review["text"] for review in reviews.find({})]
    assert not [text for text in texts if "{" in text]
    assert len(set(texts)) > 0.8 * len(texts)
    counts = Counter(review["listing_id"] for review in reviews.find({}))
    for listing in listings.find({}):
        assert listing["rating"]["count"] == counts[listing["_id"]]
