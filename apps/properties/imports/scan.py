from dataclasses import dataclass, field
from statistics import median

from apps.properties.imports import values
from apps.properties.imports.dump import Table
from apps.properties.imports.errors import RowError


@dataclass
class Scan:
    """The first look at the listings: how many, where, and which name no price."""

    rows: int = 0
    priceless: set[str] = field(default_factory=set)
    points: list[tuple[float, float]] = field(default_factory=list)

    def middle(self) -> tuple[float, float] | None:
        """(latitude, longitude)"""
        if not self.points:
            return None
        latitudes, longitudes = zip(*self.points, strict=True)
        return median(latitudes), median(longitudes)


def listings_scan(table: Table) -> Scan:
    scan = Scan()
    for _, row in table.records(None):
        scan.rows += 1
        if not values.text(row, "price"):
            scan.priceless.add(row["id"])
        try:
            point = values.coordinate(row, "latitude", 90), values.coordinate(row, "longitude", 180)
        except RowError:
            continue
        scan.points.append(point)
    return scan
