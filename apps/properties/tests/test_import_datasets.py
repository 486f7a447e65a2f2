"""The real sets of DATASETS, or dumps that are written here where it is missing."""

import csv
import datetime as dt
import gzip
import io
import os
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from apps.accounts.models import User
from apps.common import indexes
from apps.common.rows import Rows
from apps.properties.rows import listings, night_claims, reviews
from apps.properties.tests.dumps import dump_write, listing, night, review, run_import

pytestmark = [pytest.mark.keeps_data, pytest.mark.slow]
users = Rows(User)
DATASETS = Path(os.environ.get("DATASETS") or settings.BASE_DIR.parent / "shared" / "data")
SETS = ("airbnb-albany-2024-11-05", "airbnb-singapore-2023-09-23")
# Listings, currency, time zone, country.
KNOWN = {
    SETS[0]: (421, "USD", "America/New_York", "United States"),
    SETS[1]: (3483, "SGD", "Asia/Singapore", "Singapore"),
}
CENTRE = {SETS[0]: ("42.6526", "-73.7562"), SETS[1]: ("1.3048", "103.8318")}


def written(folder: Path, name: str) -> Path:
    """A dump of 40 listings with a year of nights each."""
    latitude, longitude = CENTRE[name]
    first = dt.date(2024, 11, 5)
    listings = [listing(id=str(n), latitude=latitude, longitude=longitude) for n in range(40)]
    nights = [
        night(
            listing_id=str(n),
            date=(first + dt.timedelta(days=day)).isoformat(),
            available="ft"[(n + day) % 3 > 0],
        )
        for n in range(40)
        for day in range(365)
    ]
    reviews = [review(listing_id=str(n % 40), id=str(n)) for n in range(500)]
    return dump_write(folder / name, listings, nights, reviews)


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read without the code under test."""
    text = gzip.decompress(path.read_bytes()).decode().replace("\r", " ")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module", params=SETS)
def imported(request, database, tmp_path_factory):
    emptied()
    folder, report = DATASETS / request.param, tmp_path_factory.mktemp("set") / "report.jsonl"
    if not folder.is_dir():
        note(request, f"{folder} is missing: its tests run on a dump that they write themselves")
        folder = written(tmp_path_factory.mktemp("written"), request.param)
    said = run_import(folder, report=report)
    note(request, said.splitlines()[-1])
    yield request.param, folder, report
    emptied()


def note(request, sentence: str) -> None:
    """Past pytest's capturing: who reads `make test` should see on what it ran."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\n{sentence}")


def emptied() -> None:
    """Dropping half a million documents takes no time, deleting them 17 s."""
    for handle in (listings, night_claims, reviews, users):
        handle.collection.drop()
    indexes.ensure()


def test_every_listing_is_there(imported):
    name, folder, report = imported
    rows = rows_of(folder / "listings.csv.gz")
    count, currency, time_zone, country = KNOWN[name]
    if folder.parent == DATASETS:
        assert len(rows) == count
    assert listings.count({}) == len(rows)
    assert set(listings.distinct("source_id", {})) == {row["id"] for row in rows}
    assert listings.distinct("currency", {}) == [currency]
    assert listings.distinct("time_zone", {}) == [time_zone]
    assert listings.distinct("location.country", {}) == [country]
    sound = {"price_per_night": {"$gt": 0}, "title": {"$ne": ""}, "is_active": True}
    assert listings.count(sound) == len(rows)
    hosts = {row["host_id"] for row in rows}
    assert users.count({"user_type": "owner"}) == len(hosts)
    assert not report.exists()


def test_every_night_that_is_not_free_is_claimed(imported):
    _, folder, _ = imported
    taken = [row for row in rows_of(folder / "calendar.csv.gz") if row["available"] == "f"]
    assert night_claims.count({"kind": "external"}) == len(taken)
    ids = {row["source_id"]: row["_id"] for row in listings.find({})}
    expected = Counter(ids[row["listing_id"]] for row in taken)
    counted = night_claims.aggregate([{"$group": {"_id": "$listing_id", "nights": {"$sum": 1}}}])
    assert {row["_id"]: row["nights"] for row in counted} == expected


def test_every_review_is_there(imported):
    _, folder, _ = imported
    rows = rows_of(folder / "reviews.csv.gz")
    assert reviews.count({}) == len(rows)
    assert reviews.count({"text": {"$regex": r"<br ?/?>|\r"}}) == 0


def test_prices_are_those_of_the_dump(imported):
    _, folder, _ = imported
    stored = {row["source_id"]: row for row in listings.find({})}
    for row in rows_of(folder / "listings.csv.gz"):
        if row["price"]:
            units = float(row["price"].replace("$", "").replace(",", ""))
            assert stored[row["id"]]["price_per_night"] == round(units * 100)


def test_importing_again_writes_nothing(imported):
    _, folder, report = imported
    latest = {"at": {"$max": "$updated_at"}, "version": {"$max": "$version"}}
    newest = {"$group": {"_id": None, **latest}}
    before = list(listings.aggregate([newest]))
    said = run_import(folder, report=report)
    assert "created" not in said
    assert "updated" not in said
    assert "removed" not in said
    assert list(listings.aggregate([newest])) == before
