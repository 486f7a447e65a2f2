"""Small dumps that the import tests write themselves."""

import csv
import gzip
import io
from pathlib import Path

from django.core.management import call_command

LISTING = {
    "id": "1154887620000000001",
    "last_scraped": "2023-09-23",
    "name": "Rental unit in Singapore · ★4.40 · 2 bedrooms · 3 beds · 1.5 baths",
    "description": "Near the <b>park<br />Two rooms &amp; a view",
    "picture_url": "https://pictures.example.com/1.jpg",
    "host_id": "900000000000000017",
    "host_name": "Belinda",
    "host_since": "2013-01-07",
    "neighbourhood_cleansed": "Kallang",
    "neighbourhood_group_cleansed": "Central Region",
    "latitude": "1.31000",
    "longitude": "103.86000",
    "property_type": "Entire rental unit",
    "room_type": "Entire home/apt",
    "accommodates": "4",
    "bathrooms": "",
    "bathrooms_text": "1.5 baths",
    "bedrooms": "",
    "beds": "3",
    "amenities": '["Wifi", "Free washer \\u2013 In unit"]',
    "price": "$1,234.00",
    "minimum_nights": "92",
    "maximum_nights": "1125",
    "number_of_reviews": "12",
    "review_scores_rating": "4.4",
}
NIGHT = {"listing_id": LISTING["id"], "date": "2023-09-23", "available": "f", "price": "$150.00"}
REVIEW = {
    "listing_id": LISTING["id"],
    "id": "793880",
    "date": "2011-12-19",
    "reviewer_id": "5",
    "reviewer_name": "Gil",
    "comments": "Lovely.<br/>I <3 it",
}


def listing(**changes: str) -> dict[str, str]:
    return {**LISTING, **changes}


def night(**changes: str) -> dict[str, str]:
    return {**NIGHT, **changes}


def review(**changes: str) -> dict[str, str]:
    return {**REVIEW, **changes}


def table_write(path: Path, rows: list[dict[str, str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    data = text.getvalue().encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def dump_write(folder: Path, listings, nights=(), reviews=()) -> Path:
    for name, rows in (("listings", listings), ("calendar", nights), ("reviews", reviews)):
        if rows:
            table_write(folder / f"{name}.csv.gz", list(rows))
    return folder


def run_import(path: Path, **options) -> str:
    """What the command says."""
    out = io.StringIO()
    report = options.pop("report", path.parent / "report.jsonl")
    call_command("import_listings", str(path), report=report, stdout=out, **options)
    return out.getvalue()
