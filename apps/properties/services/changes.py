"""Notes, in the transaction of a change, that what searches of some cells find is another."""

from collections.abc import Iterable

from bson import ObjectId
from pymongo import UpdateOne

from apps.properties.rows import PointRow, search_changes
from apps.properties.selectors.changes import EVERYWHERE, cell_of


def search_changed(points: Iterable[PointRow]) -> None:
    """`points` are those of the listings, before and after. The time is the database's: a note
    with a clock that is behind would be deleted too early."""
    cells = {cell_of(_lng_lat(point)) for point in points}
    _note(cells)


def search_changed_everywhere() -> None:
    _note({EVERYWHERE})


def _note(cells: Iterable[int]) -> None:
    notes = [
        UpdateOne(
            {"_id": ObjectId()}, {"$set": {"cell": cell}, "$currentDate": {"at": True}}, upsert=True
        )
        for cell in sorted(cells)
    ]
    if notes:
        search_changes.bulk_write(notes, ordered=False)


def _lng_lat(point: PointRow) -> tuple[float, float]:
    lng, lat = point["coordinates"]
    return lng, lat
