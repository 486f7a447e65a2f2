"""Points of interest of data.gov.sg, Singapore's tourist attractions and hawker centres, into rows
of `activities`. Their properties hide in links and in an HTML table; all text is only text here."""

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, TypedDict

from apps.ai.enums import INDOORS, Category
from apps.ai.imports.errors import RowError
from apps.ai.rows import ActivityRow, PointRow
from apps.common.text import name_key
from apps.properties.imports.html import plain_text

SOURCE = "data.gov.sg"
ATTRIBUTION = (
    "Contains information from data.gov.sg, accessed under the Singapore Open Data Licence"
)
CITY = COUNTRY = "Singapore"
BOX = (103.55, 1.13, 104.15, 1.50)
HAWKER = "Hawker centre: cooked food from many small stalls, and often a market beside them."
C = Category
# By the part of the tourist board's address that names the subject.
SUBJECTS: Mapping[str, Category] = {
    "places-of-worship": C.WORSHIP,
    "heritage-discovery": C.HERITAGE,
    "historical": C.ARCHITECTURE,
    "modern": C.ARCHITECTURE,
    "performance-arts": C.ARTS,
    "museums-galleries": C.MUSEUM,
    "history-museums": C.MUSEUM,
    "memorials": C.MEMORIAL,
    "parks-gardens": C.NATURE,
    "reserves": C.NATURE,
    "singapore-islands": C.NATURE,
    "fun-with-animals": C.WILDLIFE,
    "viewpoints": C.VIEWPOINT,
    "fun-things-to-do": C.FUN,
    "resorts": C.FUN,
    "places-to-see": C.NEIGHBOURHOOD,
}
# Buildings whose subject alone does not say that they have a roof, or what they are.
NAMED: tuple[tuple[str, Category], ...] = (
    (r"\bmuseum\b|\bgallery\b|science centre", C.MUSEUM),
    (r"lau pa sat", C.FOOD),
)
_ADDRESS = re.compile(r'https?://[^\s"<>]+')


class _Table(HTMLParser):
    """The <th>, <td> pairs of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: dict[str, str] = {}
        self._cell = self._name = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._cell = tag if tag in {"th", "td"} else self._cell
        if tag == "th":
            self._name = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == self._cell:
            self._cell = ""

    def handle_data(self, data: str) -> None:
        if self._cell == "th":
            self._name += data
        elif self._cell == "td":
            self.pairs[self._name] = self.pairs.get(self._name, "") + data


class _Found(TypedDict):
    """What the two kinds of features have under different names."""

    _id: str
    name: str
    category: Category
    description: str
    address: str
    url: str
    opening_hours: str


def activity_row(feature: Any) -> ActivityRow | None:
    """Returns None for what is not open (yet); raises `RowError`."""
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    if not isinstance(properties, Mapping):
        raise RowError("it has no properties")
    point = _point(feature.get("geometry"))
    found: _Found | None
    if "URL Path" in properties:
        found = _attraction(properties)
    elif "<th>" in str(properties.get("Description", "")):
        found = _hawker_centre(properties)
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


def _attraction(properties: Mapping[str, Any]) -> _Found:
    name = attraction_name(_text(properties, "Name"))
    return {
        "_id": f"{SOURCE}:{_source_id(properties)}",
        "name": name,
        "category": _category(name, str(properties["URL Path"])),
        "description": _text(properties, "description"),
        "address": _text(properties, "ADDRESSSTREETNAME"),
        "url": _link(properties, "HYPERLINK"),
        "opening_hours": _text(properties, "Opening Hours"),
    }


def _category(name: str, address: str) -> Category:
    for pattern, category in NAMED:
        if re.search(pattern, name, re.IGNORECASE):
            return category
    subjects = address.lower().split("/")
    found = next((SUBJECTS[part] for part in subjects if part in SUBJECTS), None)
    if found is None:
        raise RowError(f"its subject is not known: {address[:100]}")
    return found


def attraction_name(title: str) -> str:
    """Page titles into names: "Orchard Road, Singapore: Asia's Most Famous Shopping Street"."""
    name = re.split(r": | – | - |: ", title, maxsplit=1)[0]  # noqa: RUF001 the source's dash
    name = re.sub(
        r" & (?=.*\b(?:Singapore|Toy Museum|Places of Interest)\b).*| in Singapore$", "", name
    )
    name = re.sub(r"[™®]", "", name).strip()
    return name.removesuffix(", Singapore").removesuffix(",").strip() or title


def _hawker_centre(properties: Mapping[str, Any]) -> _Found | None:
    table = _Table()
    table.feed(str(properties["Description"]))
    values = {name.strip(): " ".join(value.split()) for name, value in table.pairs.items()}
    if not values.get("STATUS", "").startswith("Existing"):
        return None
    return {
        "_id": f"{SOURCE}:{_source_id(values)}",
        "name": hawker_name(values.get("NAME", "")),
        "category": Category.FOOD,
        "description": HAWKER,
        "address": values.get("ADDRESS_MYENV", "") or values.get("ADDRESSSTREETNAME", ""),
        "url": _link(values, "HYPERLINK"),
        "opening_hours": "",
    }


def hawker_name(name: str) -> str:
    """What stands in brackets after a block's address is what people call the place."""
    if not name:
        raise RowError("it has no name")
    found = re.fullmatch(r"(.+?) Blk ([\w/]+)(?: and \d+)? \((.+)\)", name)
    called = found[3] if found else name
    return re.sub(r"^(?:Blk )?\d+\w* (?=[A-Z])", "", called).strip()


def _source_id(values: Mapping[str, Any]) -> str:
    key = str(values.get("INC_CRC") or "").strip()
    if not re.fullmatch(r"[0-9A-F]{16}", key):
        raise RowError("it has no id (INC_CRC)")
    return key


def _text(properties: Mapping[str, Any], name: str) -> str:
    """Some markup is escaped twice, and its <sup> are cut off."""
    text = plain_text(html.unescape(str(properties.get(name) or "")))
    return " ".join(re.sub(r"</?sup\b>?", "", text).split())[:2000]


def _link(properties: Mapping[str, Any], name: str) -> str:
    found = _ADDRESS.search(str(properties.get(name) or ""))
    return found[0][:500] if found else ""
