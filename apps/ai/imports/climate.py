"""Monthly climate figures of cities, as climate.json has them, into `climate_normals`."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pymongo import UpdateOne

from apps.ai.documents import ClimateNormal
from apps.ai.imports.errors import ImportFileError, RowError
from apps.ai.selectors import normal_key
from apps.properties.imports.report import Report

ATTRIBUTION = "Climate normals: climate data collection (c) 2015 Michael Xander, MIT licence"
MONTHS = 12
NAMES = {"high": "high_c", "low": "low_c", "rainfall": "rain_mm", "dryDays": "dry_days"}
BOUNDS = {
    "high_c": (-60, 60),
    "low_c": (-80, 45),
    "rain_mm": (0, 3000),
    "dry_days": (0, 31),
}
# "Boston MA", "Nashville TE": a state of two letters after the name.
_STATE = re.compile(r" [A-Z]{2}$")
CITIES = {"New York City": "New York", "Sevilla": "Seville", "Ubud Bali": "Ubud"}
COUNTRIES = {"Hawaii": "United States"}


def climate_import(file: Path, *, report: Report) -> None:
    """Raises `ImportFileError` before anything is written."""
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImportFileError(f"{file} is not a JSON file.") from error
    if not isinstance(entries, list):
        raise ImportFileError(f"{file} is not a list of cities.")
    report.add("climate normals", normals_put(list(_rows(file, entries, report))))


def _rows(file: Path, entries: Sequence[Any], report: Report) -> Iterable[dict[str, Any]]:
    for number, entry in enumerate(entries, start=1):
        try:
            yield _row(entry)
        except RowError as error:
            reason = f"city {number}: {error}"
            report.reject("climate normals", file=file.name, line=number, reason=reason)


def _row(entry: Any) -> dict[str, Any]:
    try:
        name, country = str(entry["city"]).strip(), str(entry["country"]).strip()
        months = [_month(month) for month in entry["monthlyAvg"]]
    except (KeyError, TypeError, ValueError) as error:
        raise RowError("a name or a month's figure is missing") from error
    if not (name and country) or len(months) != MONTHS:
        raise RowError("it needs a city, a country and twelve months")
    city = _STATE.sub("", name)
    return normal_row(CITIES.get(city, city), COUNTRIES.get(country, country), months, ATTRIBUTION)


def _month(month: Mapping[str, Any]) -> dict[str, float]:
    values = {ours: float(month[theirs]) for theirs, ours in NAMES.items()}
    return month_checked(values)


def month_checked(values: dict[str, float]) -> dict[str, float]:
    """Raises `RowError` for figures that no month on earth has."""
    for name, (least, most) in BOUNDS.items():
        if not least <= values[name] <= most:
            raise RowError(f"{name} is {values[name]}")
    if values["low_c"] > values["high_c"]:
        raise RowError("a month is colder at its warmest than at its coldest")
    return values


def normal_row(
    city: str, country: str, months: list[dict[str, float]], attribution: str
) -> dict[str, Any]:
    return {
        "_id": normal_key(city, country),
        "city": city,
        "country": country,
        "months": months,
        "attribution": attribution,
    }


def normals_put(rows: Sequence[dict[str, Any]], *, replace: bool = True) -> Counter[str]:
    """Without `replace` what is there already stays."""
    if not rows:
        return Counter()
    how = "$set" if replace else "$setOnInsert"
    writes = [
        UpdateOne(
            {"_id": row["_id"]}, {how: {k: v for k, v in row.items() if k != "_id"}}, upsert=True
        )
        for row in rows
    ]
    result = ClimateNormal._get_collection().bulk_write(writes, ordered=False)
    return Counter(
        created=result.upserted_count,
        updated=result.modified_count,
        unchanged=result.matched_count - result.modified_count,
    )
