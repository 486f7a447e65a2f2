"""Hawker centres of data.gov.sg: their properties are in an HTML table."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from apps.ai.enums import Category
from apps.ai.imports.errors import RowError
from apps.ai.imports.features import SOURCE, Found, link_of, source_id

HAWKER = "Hawker centre: cooked food from many small stalls, and often a market beside them."


class _Table(HTMLParser):
    """Collects the <th>, <td> pairs of a table."""

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


def hawker_centre(properties: Mapping[str, Any]) -> Found | None:
    table = _Table()
    table.feed(str(properties["Description"]))
    values = {name.strip(): " ".join(value.split()) for name, value in table.pairs.items()}
    if not values.get("STATUS", "").startswith("Existing"):
        return None
    return {
        "_id": f"{SOURCE}:{source_id(values)}",
        "name": hawker_name(values.get("NAME", "")),
        "category": Category.FOOD,
        "description": HAWKER,
        "address": values.get("ADDRESS_MYENV", "") or values.get("ADDRESSSTREETNAME", ""),
        "url": link_of(values, "HYPERLINK"),
        "opening_hours": "",
    }


def hawker_name(name: str) -> str:
    """Reads the name that people use: it stands in brackets after a block's address."""
    if not name:
        raise RowError("it has no name")
    found = re.fullmatch(r"(.+?) Blk ([\w/]+)(?: and \d+)? \((.+)\)", name)
    called = found[3] if found else name
    return re.sub(r"^(?:Blk )?\d+\w* (?=[A-Z])", "", called).strip()
