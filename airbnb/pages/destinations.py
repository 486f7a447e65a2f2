"""How a city is named and addressed, as the SPA does it (`frontend/src/lib/text.ts`)."""

from airbnb.pages.api import address


def name_of(city: str, country: str) -> str:
    return city if city == country else f"{city}, {country}"


def path_of(city: str, country: str) -> str:
    return address("/", place=name_of(city, country))
