"""Stores the demo data. Only what is not there is added: what somebody has changed since then
stays as it is."""

import datetime as dt
from functools import partial
from pathlib import Path

from django.conf import settings

from apps.accounts.services import users_add
from apps.common import mongo
from apps.properties.demo import people
from apps.properties.demo.listings import Demo, blocked_nights, demo_listings, with_rating
from apps.properties.demo.reviews import demo_reviews
from apps.properties.demo.scenes.draw import scene_draw
from apps.properties.imports.claims import claims_replace
from apps.properties.imports.context import batches
from apps.properties.rows import listings, reviews

CALENDAR_OWNER = "demo:calendar"
LISTINGS_A_BATCH = 100


def people_add(now: dt.datetime) -> int:
    return users_add(people.people(now), now=now, password=people.PASSWORD)


def listings_add(now: dt.datetime) -> tuple[int, int]:
    """Returns how many listings and reviews were added."""
    by_id = {demo.id: demo for demo in demo_listings()}
    there = {row["_id"] for row in listings.find({"_id": {"$in": list(by_id)}}, {"_id": 1})}
    wanted = [demo for key, demo in by_id.items() if key not in there]
    written = 0
    for batch in batches(wanted, LISTINGS_A_BATCH):
        written += mongo.run_in_transaction(partial(_listings_insert, batch, now))
    return len(wanted), written


def _listings_insert(batch: list[Demo], now: dt.datetime) -> int:
    """Inserts listings, reviews and blocked nights together, so that a stop leaves none half
    made."""
    today = now.date()
    by_listing = {demo.id: demo_reviews(demo, today) for demo in batch}
    rows = [with_rating(demo, len(by_listing[demo.id])) for demo in batch]
    listings.insert_many([{**row, "created_at": now, "updated_at": now} for row in rows])
    written = [review for found in by_listing.values() for review in found]
    if written:
        reviews.insert_many(written)
    nights = {demo.id: blocked_nights(demo, today) for demo in batch}
    claims_replace(nights, owner_id=CALENDAR_OWNER)
    return len(written)


def pictures_write() -> int:
    """Draws the pictures whose files are not there, and returns how many."""
    folder = Path(settings.MEDIA_ROOT) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    there = {file.name for file in folder.iterdir()}
    wanted = [picture for demo in demo_listings() for picture in demo.pictures]
    missing = [picture for picture in wanted if picture.file not in there]
    for picture in missing:
        svg = scene_draw(
            picture.scene, palette=picture.palette, hour=picture.hour, seed=picture.file
        )
        part = folder / f"{picture.file}.part"
        part.write_text(svg, encoding="utf-8")
        part.replace(folder / picture.file)
    return len(missing)
