"""The start page, and what a search finds. The address of a search is the SPA's
(`frontend/src/lib/filters.ts`), and so is what it asks of the API."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest

from airbnb.pages import api, structured
from airbnb.pages.head import SITE, Page, shortened
from apps.properties.serializers import SearchSerializer

PER_PAGE = 20
ALL, SEARCH, PLACES = "/api/properties", "/api/properties/search", "/api/properties/places"
AMENITIES = "/api/properties/amenities"
SLOGAN = "Find a place to stay on the map, ask for your nights and hear back from the host."
# What stands for one place: all else in an address makes it one of many of that place.
OF_A_PLACE = {"place", "place_id"}
# Where one looked on the map, and what was read from a sentence, is for one person.
OF_ONE_PERSON = {"bbox", "near", "ask", "page"}
KNOWN = frozenset(SearchSerializer().fields) - {"page", "per_page", "cursor", "facets"}
RENAMED = {"type": "property_type", "place_id": "place"}


def page(request: HttpRequest) -> Page:
    query = {name: values[0] for name, values in request.GET.lists() if values}
    filters = asked(query)
    if not filters and OF_ONE_PERSON.isdisjoint(query):
        return _home(request)
    place = shortened(query.get("place", ""))
    title = f"{place} · {SITE}" if place else f"{SITE}: places to stay"
    if not OF_ONE_PERSON.isdisjoint(query):
        return Page(title=title, description=SLOGAN)
    wanted = api.address(SEARCH, **filters, page=1, per_page=PER_PAGE)
    answer = api.ask(request, wanted)
    if not answer.is_found:
        return Page(title=title, description=SLOGAN, status=_shown(answer.status))
    found = api.data(answer)
    cards, path = _cards(found), api.address("/", place=place)
    is_destination = bool(place and cards) and OF_A_PLACE.issuperset(query)
    return Page(
        title=title,
        description=_of_place(place, found) if place else SLOGAN,
        path=path if is_destination else None,
        schema=(
            structured.found(cards, name=f"Places to stay in {place}"),
            structured.trail([("/", SITE), (path, place)]),
        )
        if is_destination
        else (),
        data={wanted: answer.payload, **_lists(request)},
        links=_links(cards),
    )


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """The query of the API for the query of an address, without what both do not know."""
    found = {RENAMED.get(name, name): value for name, value in query.items() if name != "place"}
    if "place" in query and "place_id" not in query:
        found["location"] = query["place"].strip()
    if "children" in found and "guests" in found:
        found["adults"] = _less(found["guests"], found["children"])
    return {name: value for name, value in found.items() if value and name in KNOWN}


def _home(request: HttpRequest) -> Page:
    wanted = api.address(ALL, page=1, per_page=PER_PAGE)
    answer = api.ask(request, wanted)
    if not answer.is_found:
        return Page(title=SITE, description=SLOGAN, path="/", status=_shown(answer.status))
    return Page(
        title=f"{SITE}: places to stay",
        description=SLOGAN,
        path="/",
        schema=(structured.website(),),
        data={wanted: answer.payload, **_lists(request)},
        links=_links(_cards(api.data(answer))),
    )


def _lists(request: HttpRequest) -> dict[str, bytes]:
    answers = {wanted: api.ask(request, wanted) for wanted in (PLACES, AMENITIES)}
    return {wanted: found.payload for wanted, found in answers.items() if found.is_found}


def _cards(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    cards: list[dict[str, Any]] = found["results"]
    return cards


def _links(cards: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(f"/listings/{card['id']}", str(card["title"])) for card in cards]


def _of_place(place: str, found: Mapping[str, Any]) -> str:
    total, many = found["pagination"]["total"], found["pagination"].get("total_capped")
    count = f"{'More than ' if many else ''}{total:,}"
    homes = "place" if total == 1 else "places"
    return shortened(f"{count} {homes} to stay in {place}. {SLOGAN}")


def _less(number: str, other: str) -> str:
    return str(int(number) - int(other)) if number.isdecimal() and other.isdecimal() else ""


def _shown(status: int) -> int:
    """What the address asks wrongly is shown as nothing found; the rest is said as it is."""
    return HTTPStatus.OK if status == HTTPStatus.BAD_REQUEST else status
