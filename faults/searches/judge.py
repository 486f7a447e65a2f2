"""Asks the API, walks its pages to the end and compares with the oracle."""

import datetime as dt
import json
import random
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from bson import ObjectId
from django.test import Client

from apps.properties.search.engine import COUNTED
from faults.searches import oracle
from faults.searches.asked import Asked
from faults.searches.prices import unit

PATH = "/api/properties/search"
# Longer lists are compared in their set, their total and their first pages.
WALKED = 1_500
FIRST_PAGES = 4
PAGES_BY_NUMBER = 3


class Pages(NamedTuple):
    results: list[dict[str, Any]]
    totals: set[tuple[int, bool]]
    is_whole: bool


def judged(homes: Sequence[oracle.Home], asked: Asked, rng: random.Random, now: dt.datetime) -> str:
    """Returns what is wrong with an answer, or nothing."""
    if oracle.is_past(asked, now):
        reply = get(asked)
        return "" if reply.status_code == 400 else f"a past stay: {reply.status_code}"  # noqa: PLR2004
    if oracle.has_no_nearest(asked):
        reply = get(asked)
        return "" if reply.status_code == 400 else f"no nearest: {reply.status_code}"  # noqa: PLR2004
    expected = oracle.found(homes, asked, now)
    per_page = min(100, max(rng.choice([3, 7, 20]), len(expected) // 5))
    pages = walked(asked, per_page, most=None if len(expected) <= WALKED else FIRST_PAGES)
    numbered = walked(asked, per_page, most=PAGES_BY_NUMBER, by_number=True)
    wrong = _compared(expected, pages, asked)
    if wrong:
        return wrong
    if [one["id"] for one in numbered.results] != [
        one["id"] for one in pages.results[: len(numbered.results)]
    ]:
        return "pages by number differ from pages by cursor"
    return ""


def get(asked: Asked) -> Any:
    return _client().get(PATH, asked)


@cache
def _client() -> Client:
    return Client(SERVER_NAME="localhost")


def walked(asked: Asked, per_page: int, *, most: int | None, by_number: bool = False) -> Pages:
    results: list[dict[str, Any]] = []
    totals = set()
    more, number = {"per_page": str(per_page)}, 0
    while True:
        reply = get({**asked, **more})
        body = json.loads(reply.content)
        if reply.status_code != 200:  # noqa: PLR2004
            raise AssertionError(f"{reply.status_code}: {body}")
        results += body["results"]
        shown = body["pagination"]
        totals.add((shown["total"], shown["total_capped"]))
        number += 1
        if not shown["has_next"]:
            return Pages(results, totals, is_whole=True)
        if number == most:
            return Pages(results, totals, is_whole=False)
        more |= {"page": str(number + 1)} if by_number else {"cursor": body["next_cursor"]}


def _compared(expected: Sequence[oracle.Hit], pages: Pages, asked: Asked) -> str:
    by_id = {str(hit.id): hit for hit in expected}
    ids = [one["id"] for one in pages.results]
    if len(set(ids)) < len(ids):
        return f"{len(ids) - len(set(ids))} homes come twice"
    if wrong := [one for one in ids if one not in by_id]:
        return f"{len(wrong)} are found that are not to be, such as {wrong[0]}"
    if any(capped and total < COUNTED for total, capped in pages.totals):
        return _capped(expected, pages, asked) or _stays(by_id, pages)
    if pages.is_whole and (missing := by_id.keys() - set(ids)):
        return f"{len(missing)} of {len(expected)} are missing, such as {min(missing)}"
    total = (min(len(expected), COUNTED), len(expected) > COUNTED)
    if pages.totals != {total}:
        return f"totals {pages.totals} instead of {total}"
    return _order(expected, ids) or _stays(by_id, pages)


def _capped(expected: Sequence[oracle.Hit], pages: Pages, asked: Asked) -> str:
    """Totals of one of several stays are decided for so many homes, and the answer says so."""
    if "flexible" not in asked:
        return "a total is capped without a reason"
    places = [hit.id for hit in expected]
    at = [places.index(ObjectId(one["id"])) for one in pages.results]
    return "" if at == sorted(at) else "what is capped is not in its order"


def _order(expected: Sequence[oracle.Hit], ids: Sequence[str]) -> str:
    for at, (hit, there) in enumerate(zip(expected, ids, strict=False)):
        if str(hit.id) != there:
            return f"at {at} stands {there} instead of {hit.id}, {hit.place}"
    return ""


def _stays(by_id: dict[str, oracle.Hit], pages: Pages) -> str:
    for card in pages.results:
        hit, stay = by_id[card["id"]], card.get("stay")
        if (stay is None) != (hit.stay is None):
            return f"{card['id']} has the stay {stay} instead of {hit.stay}"
        if stay is None or hit.stay is None or hit.total is None:
            continue
        if round(stay["total_price"] * unit(card["currency"])) != hit.total:
            return f"{card['id']} costs {stay['total_price']} instead of {hit.total}"
        dates = (str(hit.stay.check_in), str(hit.stay.check_out))
        if (stay.get("check_in", dates[0]), stay.get("check_out", dates[1])) != dates:
            return f"{card['id']} is meant for {stay} instead of {hit.stay}"
    return ""
