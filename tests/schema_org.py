"""Holds JSON-LD against schema.org: which types and properties there are, and what a property has.
Only what our pages use is listed, as https://schema.org describes it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Check = Callable[[Any], bool]
URL = re.compile(r"https?://[^\s<>\"]+")


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _url(value: Any) -> bool:
    return isinstance(value, str) and URL.fullmatch(value) is not None


def _time(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{2}:\d{2}(:\d{2})?", value) is not None


def _latitude(value: Any) -> bool:
    return _number(value) and -90 <= value <= 90


def _longitude(value: Any) -> bool:
    return _number(value) and -180 <= value <= 180


def _true(value: Any) -> bool:
    return value is True


THING: dict[str, Check | str] = {"name": _text, "description": _text, "url": _url, "image": _url}
THING["identifier"] = _text
PLACE: dict[str, Check | str] = {
    **THING,
    "address": "PostalAddress",
    "geo": "GeoCoordinates",
    "aggregateRating": "AggregateRating",
    "amenityFeature": "LocationFeatureSpecification",
    "containsPlace": "Accommodation",
}
# The checks of values, or the type that is nested there.
TYPES: dict[str, dict[str, Check | str]] = {
    "WebSite": {**THING, "potentialAction": "SearchAction"},
    "SearchAction": {"target": "EntryPoint", "query-input": _text},
    "EntryPoint": {"urlTemplate": _text},
    "ItemList": {**THING, "itemListElement": "ListItem"},
    "BreadcrumbList": {**THING, "itemListElement": "ListItem"},
    "ListItem": {"position": _number, "name": _text, "url": _url, "item": _url},
    "VacationRental": {**PLACE, "checkinTime": _time, "checkoutTime": _time, "priceRange": _text},
    "Accommodation": {
        **PLACE,
        "occupancy": "QuantitativeValue",
        "numberOfBedrooms": _number,
        "numberOfBathroomsTotal": _number,
    },
    "QuantitativeValue": {"value": _number},
    "LocationFeatureSpecification": {"name": _text, "value": _true},
    "PostalAddress": {"addressLocality": _text, "addressRegion": _text, "addressCountry": _text},
    "GeoCoordinates": {"latitude": _latitude, "longitude": _longitude},
    "AggregateRating": {"ratingValue": _number, "ratingCount": _number, "bestRating": _number},
}


def problems(schema: dict[str, Any]) -> list[str]:
    """What of it schema.org does not know."""
    inner = {name: value for name, value in schema.items() if name != "@context"}
    wrong = [] if schema.get("@context") == "https://schema.org" else ["@context"]
    return [*wrong, *_of_type(inner, str(inner.get("@type")))]


def _of_type(value: Any, expected: str) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("@type") != expected or expected not in TYPES:
        yield f"no {expected}"
        return
    known = TYPES[expected]
    for name, inner in value.items():
        if name == "@type":
            continue
        if name not in known:
            yield f"{expected} has no {name}"
            continue
        for each in inner if isinstance(inner, list) else [inner]:
            yield from _of_property(each, known[name], f"{expected}.{name}")


def _of_property(value: Any, check: Check | str, where: str) -> Iterator[str]:
    if isinstance(check, str):
        yield from (f"{where}: {problem}" for problem in _of_type(value, check))
    elif not check(value):
        yield f"{where} cannot be {value!r}"
