"""Turns points of interest of data.gov.sg into rows of `activities`; all text is only text here."""

from collections.abc import Mapping
from typing import Any

from apps.ai.enums import INDOORS
from apps.ai.imports.attractions import attraction
from apps.ai.imports.errors import RowError
from apps.ai.imports.features import SOURCE, Found
from apps.ai.imports.hawkers import hawker_centre
from apps.ai.rows import ActivityRow, PointRow
from apps.common.text import name_key

ATTRIBUTION = (
    "Contains information from data.gov.sg, accessed under the Singapore Open Data Licence"
)
CITY = COUNTRY = "Singapore"
BOX = (103.55, 1.13, 104.15, 1.50)


def activity_row(feature: Any) -> ActivityRow | None:
    """Returns None for what is not open (yet); raises `RowError`."""
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    if not isinstance(properties, Mapping):
        raise RowError("it has no properties")
    point = _point(feature.get("geometry"))
    found: Found | None
    if "URL Path" in properties:
        found = attraction(properties)
    elif "<th>" in str(properties.get("Description", "")):
        found = hawker_centre(properties)
    else:
        raise RowError("it is neither an attraction nor a hawker centre")
    if found is None:
        return None
    return {
        **found,
        "source": SOURCE,
        "indoors": found["category"] in INDOORS,
        "category": found["category"].value,
        "city": CITY,
        "city_key": name_key(CITY),
        "country": COUNTRY,
        "coordinates": point,
        "attribution": ATTRIBUTION,
    }


def _point(geometry: Any) -> PointRow:
    west, south, east, north = BOX
    try:
        lng, lat = (float(number) for number in geometry["coordinates"][:2])
    except (KeyError, TypeError, ValueError) as error:
        raise RowError("it has no point") from error
    if not (west <= lng <= east and south <= lat <= north):
        raise RowError(f"its point ({lng}, {lat}) is not in Singapore")
    return PointRow(type="Point", coordinates=[lng, lat])
