"""Tourist attractions of data.gov.sg: their subjects are in links."""

import re
from collections.abc import Mapping
from typing import Any

from apps.ai.enums import Category
from apps.ai.imports.errors import RowError
from apps.ai.imports.features import SOURCE, Found, link_of, source_id, text_of

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


def attraction(properties: Mapping[str, Any]) -> Found:
    name = attraction_name(text_of(properties, "Name"))
    return {
        "_id": f"{SOURCE}:{source_id(properties)}",
        "name": name,
        "category": _category(name, str(properties["URL Path"])),
        "description": text_of(properties, "description"),
        "address": text_of(properties, "ADDRESSSTREETNAME"),
        "url": link_of(properties, "HYPERLINK"),
        "opening_hours": text_of(properties, "Opening Hours"),
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
    """Shortens titles such as "Orchard Road, Singapore: Asia's Most Famous Shopping Street"."""
    name = re.split(r": | – | - |: ", title, maxsplit=1)[0]  # noqa: RUF001 the source's dash
    name = re.sub(
        r" & (?=.*\b(?:Singapore|Toy Museum|Places of Interest)\b).*| in Singapore$", "", name
    )
    name = re.sub(r"[™®]", "", name).strip()
    return name.removesuffix(", Singapore").removesuffix(",").strip() or title
