"""Monthly climate figures of cities, as climate.json has them, into `climate_normals`."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from pymongo import UpdateOne

from apps.ai.imports.errors import ImportFileError, RowError
from apps.ai.rows import ClimateNormalRow, MonthRow, climate_normals
from apps.ai.selectors.weather import normal_key
from apps.properties.imports.report import Report

ATTRIBUTION = "Climate normals: climate data collection (c) 2015 Michael Xander, MIT licence"
MONTHS = 12
NAMES = {"high_c": "high", "low_c": "low", "rain_mm": "rainfall", "dry_days": "dryDays"}
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


def _rows(file: Path, entries: Sequence[Any], report: Report) -> Iterable[ClimateNormalRow]:
    for number, entry in enumerate(entries, start=1):
        try:
            yield _row(entry)
        except RowError as error:
            reason = f"city {number}: {error}"
            report.reject("climate normals", file=file.name, line=number, reason=reason)


def _row(entry: Any) -> ClimateNormalRow:
    try:
        name, country = str(entry["city"]).strip(), str(entry["country"]).strip()
        months = [month_of(month) for month in entry["monthlyAvg"]]
    except (KeyError, TypeError, ValueError) as error:
        raise RowError("a name or a month's figure is missing") from error
    if not (name and country) or len(months) != MONTHS:
        raise RowError("it needs a city, a country and twelve months")
    city = _STATE.sub("", name)
    return normal_row(CITIES.get(city, city), COUNTRIES.get(country, country), months, ATTRIBUTION)


def month_of(figures: Mapping[str, Any], names: Mapping[str, str] = NAMES) -> MonthRow:
    """Reads each column of a month under the name that `names` maps to it.

    Raises `RowError` for figures that no month on earth has.
    """
    values = {column: float(figures[name]) for column, name in names.items()}
    for column, (least, most) in BOUNDS.items():
        if not least <= values[column] <= most:
            raise RowError(f"{column} is {values[column]}")
    if values["low_c"] > values["high_c"]:
        raise RowError("a month is colder at its warmest than at its coldest")
    return cast("MonthRow", values)


def normal_row(
    city: str, country: str, months: list[MonthRow], attribution: str
) -> ClimateNormalRow:
    return ClimateNormalRow(
        _id=normal_key(city, country),
        city=city,
        country=country,
        months=months,
        attribution=attribution,
    )


def normals_put(rows: Sequence[ClimateNormalRow], *, replace: bool = True) -> Counter[str]:
    """Writes rows; without `replace` only those of cities that have none yet."""
    if not rows:
        return Counter()
    how = "$set" if replace else "$setOnInsert"
    writes = [
        UpdateOne(
            {"_id": row["_id"]}, {how: {k: v for k, v in row.items() if k != "_id"}}, upsert=True
        )
        for row in rows
    ]
    result = climate_normals.bulk_write(writes, ordered=False)
    return Counter(
        created=result.upserted_count,
        updated=result.modified_count,
        unchanged=result.matched_count - result.modified_count,
    )
