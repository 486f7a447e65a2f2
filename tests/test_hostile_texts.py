"""Every text that the API takes, at every door: what hides is refused and named, what people write
is stored as it is. The texts stand in tests/corpora/texts.json."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests import access, bad_input
from tests.bad_input import JSON, Case, resolved
from tests.texts import LINES, LONG, REFUSED, STORED
from tests.world import world_made

pytestmark = pytest.mark.keeps_data
# What is searched for is not stored, nor what a log-in says.
NOT_SHOWN = {"/api/ai/search", "/api/traveler/auth/login", "/api/owner/auth/login"}
CLOSED = {"enum", "format", "pattern"}


def _is_text(case: Case) -> bool:
    schema = resolved(case.schema)
    kinds = schema.get("type", [])
    is_string = "string" in (kinds if isinstance(kinds, list) else [kinds])
    return is_string and case.place in {"body", "query"} and not CLOSED & schema.keys()


CASES = [case for case in bad_input.cases() if _is_text(case)]


@pytest.fixture(scope="module")
def world(database):
    with world_made() as made:
        yield made


def _packed(texts: dict[str, str], longest: int) -> Iterator[str]:
    """Several texts in one, with as few calls as the length of the field allows."""
    packed = ""
    for text in texts.values():
        joined = f"{packed} · {text}" if packed else text
        if len(joined) > longest and packed:
            yield packed
            joined = text
        packed = joined
    yield packed


def _send(world, case: Case, text: str) -> Any:
    operation = (case.method, case.path, case.operation)
    if case.place == "query":
        query = {**world.needed(case.operation), case.name: text}
        words = "&".join(f"{name}={_quoted(value)}" for name, value in query.items())
        return _client(world, case).generic(case.method, f"{world.address(case.path)}?{words}")
    body = bad_input.changed(access.body_of(world, operation), case.steps, text)
    address = world.address(case.path)
    return _client(world, case).generic(case.method, address, json.dumps(body), JSON)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


def _client(world, case):
    return world.client(case.operation)


def _renew(world, case: Case) -> None:
    world.renew()
    access.prepare(world, (case.method, case.path, case.operation))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(inner)


def _is_refused_by_name(reply, case: Case, label: str) -> None:
    assert reply.status_code in {400, 413}, f"{label}: {reply.status_code} {reply.content[:300]}"
    error = reply.json()["error"]
    assert reply.status_code == 413 or case.top in error["fields"], f"{label}: {error}"
    assert len(reply.content) < 5_000, label


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_hides_is_refused(world, case):
    world.renew()
    for name, (text, place, named) in REFUSED.items():
        reply = _send(world, case, text)
        _is_refused_by_name(reply, case, name)
        if case.place == "body":
            assert f"Character {place} is " in str(reply.json()), name
            assert named in str(reply.json()), name
    for name, text in LONG.items():
        _is_refused_by_name(_send(world, case, text), case, name)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_people_write_is_stored(world, case):
    _renew(world, case)
    longest = resolved(case.schema).get("maxLength", 100)
    for text in _packed(STORED, longest):
        reply = _send(world, case, text)
        if reply.status_code >= 400:
            error = reply.json()["error"]
            assert reply.status_code < 500, f"{text}: {error}"
            assert case.path in NOT_SHOWN or case.top in error.get("fields", {}), f"{text}: {error}"
            continue
        if case.method == "GET" or case.path in NOT_SHOWN:
            continue
        expected = unicodedata.normalize("NFC", text)
        assert expected in set(_texts_in(reply.json())), text
        _renew(world, case)


@pytest.mark.parametrize("case", [case for case in CASES if case.place == "body"], ids=str)
def test_line_breaks_stand_in_long_texts_alone(world, case):
    for name, text in LINES.items():
        _renew(world, case)
        reply = _send(world, case, text)
        if case.steps[-1] in {"description", "about_me", "special_requests", "reason"}:
            expected = text.replace("\r\n", "\n")
            assert expected in set(_texts_in(reply.json())), f"{name}: {reply.content[:300]}"
        else:
            _is_refused_by_name(reply, case, name)
