"""Puts the made-up set into the database. Only what is not there is added: what somebody has
changed since then stays as it is."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from apps.common import mongo
from apps.properties.demo import people
from apps.properties.demo.listings import Demo, blocked_nights, demo_listings, with_rating
from apps.properties.demo.reviews import demo_reviews
from apps.properties.demo.scenes.draw import scene_draw
from apps.properties.imports.claims import claims_replace
from apps.properties.imports.context import batches

CALENDAR_OWNER = "demo:calendar"
LISTINGS_A_BATCH = 100


def people_add(now: dt.datetime) -> int:
    missing = _missing("users", people.people(now))
    if missing:
        password = make_password(people.PASSWORD)
        _insert("users", [{**person, "password_hash": password} for person in missing])
    return len(missing)


def listings_add(now: dt.datetime) -> tuple[int, int]:
    """How many listings and reviews were added."""
    by_id = {demo.document["_id"]: demo for demo in demo_listings()}
    missing = _missing("listings", [demo.document for demo in by_id.values()])
    wanted = [by_id[document["_id"]] for document in missing]
    reviews = 0
    for batch in batches(wanted, LISTINGS_A_BATCH):
        reviews += mongo.run_in_transaction(partial(_listings_insert, batch, now))
    return len(wanted), reviews


def _listings_insert(batch: list[Demo], now: dt.datetime) -> int:
    """Listings, reviews and blocked nights together, so that a stop leaves none half made."""
    today = now.date()
    reviews = {demo.id: demo_reviews(demo, today) for demo in batch}
    times = {"created_at": now, "updated_at": now}
    _insert("listings", [{**with_rating(demo, len(reviews[demo.id])), **times} for demo in batch])
    written = [review for found in reviews.values() for review in found]
    _insert("reviews", written)
    nights = {demo.id: blocked_nights(demo, today) for demo in batch}
    claims_replace(nights, owner_id=CALENDAR_OWNER)
    return len(written)


def pictures_write() -> int:
    """Draws those whose files are not there."""
    folder = Path(settings.MEDIA_ROOT) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    there = {file.name for file in folder.iterdir()}
    wanted = [picture for demo in demo_listings() for picture in demo.pictures]
    missing = [picture for picture in wanted if picture.file not in there]
    for picture in missing:
        svg = scene_draw(picture.scene, palette=picture.palette, seed=picture.file)
        part = folder / f"{picture.file}.part"
        part.write_text(svg, encoding="utf-8")
        part.replace(folder / picture.file)
    return len(missing)


def _missing(name: str, documents: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    by_id = {document["_id"]: document for document in documents}
    found = mongo.collection(name).find({"_id": {"$in": list(by_id)}}, {"_id": 1})
    there = {row["_id"] for row in found}
    return [document for key, document in by_id.items() if key not in there]


def _insert(name: str, documents: list[dict[str, Any]]) -> None:
    if documents:
        mongo.collection(name).insert_many(documents, session=mongo.session())
