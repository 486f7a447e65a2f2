"""Writes rows of activities. Safe to repeat: only what differs is written, and what a source no
longer has goes."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pymongo import UpdateOne

from apps.ai.enums import Category
from apps.ai.imports.errors import ImportFileError, RowError
from apps.ai.imports.singapore import activity_row
from apps.ai.rows import ActivityRow, activities
from apps.common.clock import utc_now
from apps.common.geo import distance_km
from apps.common.text import folded
from apps.properties.imports.report import Report
from apps.properties.services import Sight, sights_put

SAME_PLACE_KM = 0.2


def folder_import(folder: Path, *, report: Report) -> None:
    """Every .geojson of the folder; raises `ImportFileError` before anything is written."""
    files = sorted(folder.glob("*.geojson")) if folder.is_dir() else []
    if not files:
        raise ImportFileError(f"{folder} holds no .geojson file.")
    read = [(file, _features(file)) for file in files]
    rows: list[ActivityRow] = []
    for file, features in read:
        rows += _rows(file, features, report)
    kept = _without_duplicates(rows, report)
    for source in sorted({row["source"] for row in kept}):
        mine = [row for row in kept if row["source"] == source]
        report.add("activities", activities_put(source, mine))


def _features(file: Path) -> Sequence[Any]:
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImportFileError(f"{file} is not a GeoJSON collection of features.") from error
    if not isinstance(features, list):
        raise ImportFileError(f"{file}: its features are not a list.")
    return features


def _rows(file: Path, features: Sequence[Any], report: Report) -> Iterable[ActivityRow]:
    for number, feature in enumerate(features, start=1):
        try:
            row = activity_row(feature)
        except RowError as error:
            reason = f"feature {number}: {error}"
            report.reject("activities", file=file.name, line=number, reason=reason)
            continue
        if row is None:
            report.count("activities", "not open")
        else:
            yield row


def _without_duplicates(rows: Sequence[ActivityRow], report: Report) -> list[ActivityRow]:
    """Keeps one of the places that the source has under two subjects. "Architecture" says less
    than the other."""
    kept: dict[str, ActivityRow] = {}
    for row in sorted(rows, key=lambda row: row["category"] == Category.ARCHITECTURE.value):
        key = folded(row["name"])
        other = kept.get(key)
        if other and _distance(row, other) <= SAME_PLACE_KM:
            report.count("activities", "doubles")
        else:
            kept[row["_id"] if other else key] = row
    return list(kept.values())


def _distance(a: ActivityRow, b: ActivityRow) -> float:
    (a_lng, a_lat), (b_lng, b_lat) = (row["coordinates"]["coordinates"] for row in (a, b))
    return distance_km((a_lng, a_lat), (b_lng, b_lat))


def activities_put(source: str, rows: Sequence[ActivityRow]) -> Counter[str]:
    """How many of the rows, all of `source`, were created, updated and unchanged, and how many
    others of that source were removed."""
    done: Counter[str] = Counter()
    if rows:
        writes = [_write(row) for row in rows]
        result = activities.bulk_write(writes, ordered=False)
        done["created"] = result.upserted_count
        done["updated"] = result.modified_count
        done["unchanged"] = result.matched_count - result.modified_count
    gone = {"source": source, "_id": {"$nin": [row["_id"] for row in rows]}}
    done["removed"] = activities.delete_many(gone).deleted_count
    sights_put(source, [_sight(row) for row in rows], now=utc_now())
    return done


def _sight(row: ActivityRow) -> Sight:
    """People look for a home near it by its name."""
    lng, lat = row["coordinates"]["coordinates"]
    return Sight(row["_id"], row["name"], row["city"], row["country"], (lng, lat))


def _write(row: ActivityRow) -> UpdateOne:
    values = {name: value for name, value in row.items() if name != "_id"}
    return UpdateOne({"_id": row["_id"]}, {"$set": values}, upsert=True)
