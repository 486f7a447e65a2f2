"""What the place of a listing may be called."""

from collections.abc import Mapping
from typing import Any

from apps.common.regions import aliases
from apps.common.text import name_key


def place_names(location: Mapping[str, Any]) -> list[str]:
    """Returns what a search may call the place: its area, each part of it, its city, state,
    country. Never the address: whoever guesses it would find the house."""
    area = location.get("area") or ""
    state, country = (name_key(location.get(part) or "") for part in ("state", "country"))
    named = map(name_key, (area, *area.split(","), location["city"]))
    names = (*named, *aliases(state=state, country=country))
    return list(dict.fromkeys(filter(None, names)))


def place_keys(location: Mapping[str, Any]) -> list[str]:
    """Returns the names of the place and the ids of the gazetteer's places that it lies in."""
    return place_names(location)
