"""JSON-LD by schema.org, made of replies of the API alone: it can show nothing that they hide."""

from collections.abc import Mapping, Sequence
from typing import Any

from airbnb.pages.head import SITE, absolute

CONTEXT = "https://schema.org"
BEST_RATING = 5
MOST_PHOTOS = 10
Schema = dict[str, Any]


def website() -> Schema:
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": SITE,
        "url": absolute("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{absolute('/')}?place={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def found(cards: Sequence[Mapping[str, Any]], *, name: str) -> Schema:
    return {
        "@context": CONTEXT,
        "@type": "ItemList",
        "name": name,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "url": absolute(f"/listings/{card['id']}"),
                "name": card["title"],
            }
            for position, card in enumerate(cards, 1)
        ],
    }


def trail(steps: Sequence[tuple[str, str]]) -> Schema:
    """`steps` are paths and names, from the start to the page itself."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (path, name) in enumerate(steps, 1)
        ],
    }


def rental(listing: Mapping[str, Any], *, path: str) -> Schema:
    place, price = listing["location"], f"{listing['price_per_night']:g}"
    lng, lat = place["coordinates"]["coordinates"]
    made: Schema = {
        "@context": CONTEXT,
        "@type": "VacationRental",
        "identifier": listing["id"],
        "name": listing["title"],
        "description": listing["description"],
        "url": absolute(path),
        "image": [absolute(image) for image in listing["images"][:MOST_PHOTOS]],
        "address": _address(place),
        "geo": {"@type": "GeoCoordinates", "latitude": lat, "longitude": lng},
        "checkinTime": listing["check_in_time"],
        "checkoutTime": listing["check_out_time"],
        "priceRange": f"{price} {listing['currency']} a night",
        "containsPlace": _home(listing),
    }
    return {**made, **_rating(listing["rating"])}


def _address(place: Mapping[str, Any]) -> Schema:
    named = {
        "addressLocality": place["city"],
        "addressRegion": place["state"],
        "addressCountry": place["country"],
    }
    return {"@type": "PostalAddress", **{name: value for name, value in named.items() if value}}


def _home(listing: Mapping[str, Any]) -> Schema:
    capacity = listing["capacity"]
    counted = {
        "numberOfBedrooms": capacity["bedrooms"],
        "numberOfBathroomsTotal": capacity["bathrooms"],
    }
    return {
        "@type": "Accommodation",
        "occupancy": {"@type": "QuantitativeValue", "value": capacity["max_guests"]},
        **{name: count for name, count in counted.items() if count is not None},
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": name, "value": True}
            for name in listing["amenities"]
        ],
    }


def _rating(rating: Mapping[str, Any]) -> Schema:
    if not rating["count"] or rating["average"] is None:
        return {}
    figures = {"ratingValue": rating["average"], "ratingCount": rating["count"]}
    return {
        "aggregateRating": {"@type": "AggregateRating", **figures, "bestRating": BEST_RATING},
    }
