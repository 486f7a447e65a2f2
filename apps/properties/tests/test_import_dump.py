import gzip

import pytest
from django.core.management import CommandError

from apps.accounts.models import User
from apps.common.rows import Rows
from apps.properties.imports.dump import Table
from apps.properties.imports.report import Report
from apps.properties.rows import listings, night_claims, reviews
from apps.properties.tests.dumps import (
    dump_write,
    listing,
    night,
    review,
    run_import,
    table_write,
)

HANDLES = (listings, night_claims, reviews, Rows(User))


def stored() -> dict[str, int]:
    return {handle.name: handle.count({}) for handle in HANDLES}


NOTHING = dict.fromkeys((handle.name for handle in HANDLES), 0)


def error_of(path, **options) -> str:
    with pytest.raises(CommandError) as caught:
        run_import(path, **options)
    assert stored() == NOTHING
    return str(caught.value)


def test_truncated_calendar_changes_nothing(tmp_path):
    nights = [night(date=f"2023-{month:02d}-{day:02d}") for month in range(1, 13) for day in (1, 9)]
    folder = dump_write(tmp_path / "dump", [listing()], nights)
    whole = (folder / "calendar.csv.gz").read_bytes()
    (folder / "calendar.csv.gz").write_bytes(whole[: len(whole) // 2])
    assert error_of(folder) == (
        f"{folder}/calendar.csv.gz is damaged or ends too early: download it again. "
        "Nothing was changed."
    )


def test_damaged_listings_change_nothing(tmp_path):
    folder = dump_write(tmp_path / "dump", [listing(id=str(n)) for n in range(50)])
    data = bytearray((folder / "listings.csv.gz").read_bytes())
    data[len(data) // 2] ^= 0xFF
    (folder / "listings.csv.gz").write_bytes(bytes(data))
    assert "listings.csv.gz" in error_of(folder)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty."),
        (b"  \n", "is empty."),
        (bytes(range(256)), "is not a CSV file of listings"),
        (b"a\rb" + bytes(range(128, 256)), "is not a CSV file of listings"),
        (b"x" * 200_000, "is not a CSV file of listings"),
        (b"<html>Not found</html>\n", "is not a CSV file of listings"),
        (b"PK\x03\x04\x14\0\0\0id,name", "is not a CSV file of listings"),
        (gzip.compress(b"", mtime=0), "is empty."),
    ],
)
def test_something_else_than_a_dump(tmp_path, content, sentence):
    path = tmp_path / "listings.csv"
    path.write_bytes(content)
    assert sentence in error_of(path)


def test_wrong_folder_says_what_it_holds(tmp_path):
    (tmp_path / "pictures.zip").touch()
    assert error_of(tmp_path) == (
        f"{tmp_path} holds no listings.csv.gz or listings.csv. It holds pictures.zip. "
        "Nothing was changed."
    )
    assert error_of(tmp_path / "none") == f"There is no {tmp_path}/none. Nothing was changed."


def test_missing_columns_are_named(tmp_path):
    row = listing()
    del row["price"], row["latitude"]
    path = table_write(tmp_path / "listings.csv", [row])
    assert error_of(path) == f"{path} lacks the columns latitude, price. Nothing was changed."


def test_columns_go_by_name(tmp_path):
    """Reordered, 30 extra, and only the required ones: dumps have 74 to 106 columns."""
    row = listing(bedrooms="2")
    backwards = dict(reversed(row.items())) | {f"extra_{n}": "x" for n in range(30)}
    run_import(table_write(tmp_path / "listings.csv", [backwards]))
    first = listings.find_one({})
    few = ("room_type", "price", "name", "longitude", "latitude", "id", "host_id")
    said = run_import(table_write(tmp_path / "listings.csv", [{name: row[name] for name in few}]))
    second = listings.find_one({})
    assert first["capacity"]["max_guests"] == 4
    assert second["price_per_night"] == first["price_per_night"] == 123_400
    assert second["capacity"]["beds"] is None
    assert "listings: 1 updated" in said


def test_unknown_city_needs_options(tmp_path):
    at_sea = listing(latitude="-40.0", longitude="-30.0")
    path = table_write(tmp_path / "listings.csv", [at_sea])
    assert "name it with --city, --country, --currency, --time-zone" in error_of(path)
    place = {"city": "Atlantis", "country": "Ocean", "currency": "XAU", "time_zone": "Etc/GMT+2"}
    assert "Etc/Nowhere" in error_of(path, **{**place, "time_zone": "Etc/Nowhere"})
    assert "'gold' is not a currency" in error_of(path, **{**place, "currency": "gold"})
    run_import(path, **place)
    stored_listing = listings.find_one({})
    assert stored_listing["location"]["city"] == "Atlantis"
    assert stored_listing["source"] == "inside-airbnb:atlantis"


def test_files_from_elsewhere(tmp_path):
    listings = table_write(tmp_path / "a" / "listings.csv", [listing()])
    calendar = table_write(tmp_path / "b" / "nights.csv", [night()])
    reviews = table_write(tmp_path / "c" / "words.csv.gz", [review()])
    run_import(listings, calendar=calendar, reviews=reviews)
    assert stored() == {"listings": 1, "night_claims": 1, "reviews": 1, "users": 1}


def read(tmp_path, content: bytes):
    path = tmp_path / "reviews.csv"
    path.write_bytes(content)
    report = Report(tmp_path / "report.jsonl")
    with report:
        rows = list(Table(path, "reviews", ("id", "comments")).rows(report))
    return rows, report.shown


def test_rows_keep_their_line_numbers(tmp_path):
    content = b'id,comments\n1,"two\nlines"\n2\n3,a\rb\n\n4,c\r\n'
    rows, shown = read(tmp_path, content)
    assert rows == [(2, ["1", "two\nlines"]), (5, ["3", "a b"]), (7, ["4", "c"])]
    assert shown == ["reviews.csv, line 4: 1 cells where the header has 2"]


def test_an_open_quote_costs_no_more_than_the_field_limit(tmp_path):
    lines = b"".join(b"%d,fine\n" % number for number in range(30_000))
    rows, shown = read(tmp_path, b'id,comments\n1,"open\n' + lines)
    assert len(shown) >= 1
    assert "field larger than field limit" in shown[0]
    assert len(rows) > 10_000


def test_a_byte_order_mark_and_wrong_bytes(tmp_path):
    rows, shown = read(tmp_path, b"\xef\xbb\xbfid,comments\n1,caf\xe9\n")
    assert rows == []
    assert shown == [r"reviews.csv, line 2: comments is 'caf\udce9', which is not utf-8-sig"]
