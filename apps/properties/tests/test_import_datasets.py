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
from apps.properties.imports.calendar import Calendar
from apps.properties.imports.dump import dump_open
from apps.properties.imports.report import Report
from apps.properties.imports.run import Options, dump_prepare
from apps.properties.imports.stages import listings_mapped, reviews_mapped
from apps.properties.rows import listings, night_claims, reviews, search_entries
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
# Every how manieth listing is stored: the rows of all are read and compared, which is cheap.
EVERY = {SETS[0]: 8, SETS[1]: 60}
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


def part_of(whole: Path, folder: Path, *, every: int) -> Path:
    """The same three files with every few listings, their nights and reviews."""
    rows = rows_of(whole / "listings.csv.gz")[::every]
    ids = {row["id"] for row in rows}
    spoken = [row for row in rows_of(whole / "reviews.csv.gz") if row["listing_id"] in ids]
    dump_write(folder, rows, [], spoken)
    head, *lines = gzip.decompress((whole / "calendar.csv.gz").read_bytes()).splitlines(True)
    kept = [line for line in lines if line.partition(b",")[0].decode() in ids]
    (folder / "calendar.csv.gz").write_bytes(gzip.compress(head + b"".join(kept), 1))
    return folder


@pytest.fixture(scope="module", params=SETS)
def dataset(request, tmp_path_factory):
    """The name of the set, its folder, and that of the part that is stored."""
    folder = DATASETS / request.param
    if folder.is_dir():
        every = EVERY[request.param]
        return request.param, folder, part_of(folder, tmp_path_factory.mktemp("part"), every=every)
    note(request, f"{folder} is missing: its tests run on a dump that they write themselves")
    folder = written(tmp_path_factory.mktemp("written"), request.param)
    return request.param, folder, folder


@pytest.fixture(scope="module")
def imported(request, dataset, database, tmp_path_factory):
    emptied()
    (name, _, folder), report = dataset, tmp_path_factory.mktemp("set") / "report.jsonl"
    said = run_import(folder, report=report)
    note(request, said.splitlines()[-1])
    yield name, folder, report
    emptied()


def note(request, sentence: str) -> None:
    """Past pytest's capturing: who reads `make test` should see on what it ran."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\n{sentence}")


def emptied() -> None:
    """Dropping documents takes no time, deleting them much."""
    for handle in (listings, night_claims, search_entries, reviews, users):
        handle.collection.drop()
    indexes.ensure()


def test_every_row_of_the_set_is_read(dataset, tmp_path):
    """Without storing it: listings, prices, nights and reviews are those of the files."""
    name, folder, _ = dataset
    rows, dump = rows_of(folder / "listings.csv.gz"), dump_open(folder)
    if folder.parent == DATASETS:
        assert len(rows) == KNOWN[name][0]
    with Report(tmp_path / "report.jsonl") as report:
        options = Options(now=dt.datetime(2024, 11, 5, tzinfo=dt.UTC))
        context = dump_prepare(
            dump, options=options, report=report, progress=lambda _kind, _done, _total: None
        )
        prices = {}
        for item in listings_mapped(dump.listings, context):
            context.accepted[item.source_id] = item.listing["_id"]
            prices[item.source_id] = item.listing.get("price_per_night")
        words = sum(1 for _ in reviews_mapped(dump.reviews, context))
    assert report.rejected == 0
    assert prices.keys() == {row["id"] for row in rows}
    assert all(prices[row["id"]] == minor(row["price"]) for row in rows if row["price"])
    assert all(prices.values())
    assert taken_nights(context.calendar) == taken_lines(folder / "calendar.csv.gz")
    assert words == len(rows_of(folder / "reviews.csv.gz"))


def minor(price: str) -> int:
    return round(float(price.replace("$", "").replace(",", "")) * 100)


def taken_nights(calendar: Calendar) -> Counter[str]:
    return Counter({key: len(nights.taken) for key, nights in calendar.listings.items()})


def taken_lines(path: Path) -> Counter[str]:
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()[1:]
    cells = (line.split(",", 3)[:3] for line in lines)
    return Counter(listing_id for listing_id, _, free in cells if free == "f")


def test_every_listing_is_there(imported):
    name, folder, report = imported
    rows = rows_of(folder / "listings.csv.gz")
    _, currency, time_zone, country = KNOWN[name]
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
            assert stored[row["id"]]["price_per_night"] == minor(row["price"])


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
