"""Every text that the API takes, at every door: what hides is refused and named, what people write
is stored as it is. The texts stand in tests/corpora/texts.json. All texts of an operation are sent
at once, since each is answered for itself."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pytest

from tests import access, bad_input
from tests.bad_input import JSON, Case, resolved
from tests.texts import FLOODS, LINES, REFUSED, STORED
from tests.world import world_made

pytestmark = pytest.mark.keeps_data
CLOSED = {"enum", "format", "pattern"}
# A secret is hashed and may be anything; addresses have rules and a corpus of their own.
NO_TEXTS = {"password", "new_password", "current_password", "email", "new_email"}
# Texts of which only some are right.
CODES = {
    *("accessibility", "bbox", "currency", "cursor", "flexible", "months", "place", "polygon"),
    *("time_zone", "token"),
}
PROSE = {
    *("description", "about_me", "special_requests", "reason", "arrival_instructions"),
    "text",
}
# A search stores nothing, a plan repeats no wish, codes and log-ins are not shown, what one
# registers with is shown by the profile, which takes the same texts at no password's price, and a
# message is shown to the other person, without what looks like a telephone number.
NOT_SHOWN = (
    *("/api/ai/", "/api/traveler/auth/", "/api/owner/auth/", "/api/account/", "/contact "),
    "/api/messages/threads",
)


def _is_text(case: Case) -> bool:
    schema = resolved(case.schema)
    kinds = schema.get("type", [])
    is_string = "string" in (kinds if isinstance(kinds, list) else [kinds])
    return is_string and not CLOSED & schema.keys() and case.top not in NO_TEXTS


DOORS: dict[str, list[Case]] = defaultdict(list)
for _case in bad_input.cases():
    if _case.place in {"body", "query"} and _is_text(_case):
        DOORS[f"{_case.method} {_case.path} {_case.place}"].append(_case)
SEARCHES = [
    name
    for name, cases in DOORS.items()
    if name.endswith("query") and any(case.name not in CODES for case in cases)
]
STORING = [
    name for name in DOORS if name.endswith("body") and not any(n in name for n in NOT_SHOWN)
]


@pytest.fixture(scope="module")
def world(database):
    with world_made() as made:
        yield made


def _send(world, texts: Mapping[Case, str]) -> Any:
    case = next(iter(texts))
    operation, client = (case.method, case.path, case.operation), world.client(case.operation)
    address = world.address(case.path)
    if case.place == "query":
        query = world.needed(case.operation) | {one.name: text for one, text in texts.items()}
        words = "&".join(f"{name}={_quoted(value)}" for name, value in query.items())
        return client.generic(case.method, f"{address}?{words}")
    body = access.body_of(world, operation)
    for one, text in texts.items():
        body = bad_input.changed(body, one.steps, text)
    return client.generic(case.method, address, json.dumps(body), JSON)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


def _renew(world, case: Case) -> None:
    world.renew()
    access.prepare(world, (case.method, case.path, case.operation))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(inner)


def _refuses_each(reply, cases: list[Case], label: str) -> dict[str, list[str]]:
    assert reply.status_code == 400, f"{label}: {reply.status_code} {reply.content[:300]}"
    fields = reply.json()["error"]["fields"]
    assert {case.top for case in cases} <= fields.keys(), f"{label}: {fields}"
    for case in cases:
        nested = str(case.steps[-1]) if len(case.steps) > 1 else ""
        assert nested.isdecimal() or nested in str(fields[case.top]), f"{label}: {case}: {fields}"
    return fields


@pytest.mark.parametrize("door", DOORS)
def test_what_hides_is_refused(world, door):
    cases = DOORS[door]
    for name, (text, place, named) in REFUSED.items():
        fields = _refuses_each(_send(world, dict.fromkeys(cases, text)), cases, name)
        if door.endswith("body"):
            for case in cases:
                assert f"Character {place} is " in str(fields[case.top]), name
                assert named in str(fields[case.top]), name
    for name, text in FLOODS.items():
        _refuses_each(_send(world, dict.fromkeys(cases, text)), cases, name)


@pytest.mark.parametrize("door", SEARCHES)
def test_what_people_write_is_searched_for(world, door):
    for text in STORED.values():
        reply = _send(world, dict.fromkeys(_open(door), text))
        assert reply.status_code in {200, 404}, f"{text}: {reply.content[:300]}"


@pytest.mark.parametrize("door", STORING)
def test_what_people_write_is_stored(world, door):
    """As much of it at once as a field takes."""
    cases = _open(door)
    packs = {case: list(_packed(resolved(case.schema)["maxLength"])) for case in cases}
    for turn in range(max(map(len, packs.values()))):
        _renew(world, cases[0])
        texts = {case: pack[turn % len(pack)] for case, pack in packs.items()}
        reply = _send(world, texts)
        assert reply.status_code < 300, f"{texts}: {reply.content[:300]}"
        shown = set(_texts_in(reply.json()))
        assert {unicodedata.normalize("NFC", text) for text in texts.values()} <= shown


def _open(door: str) -> list[Case]:
    return [case for case in DOORS[door] if case.name not in CODES]


def _packed(longest: int) -> Iterator[str]:
    packed = ""
    for text in STORED.values():
        if len(text) > longest:
            continue
        joined = f"{packed} · {text}" if packed else text
        if len(joined) > longest:
            yield packed
            joined = text
        packed = joined
    yield packed


@pytest.mark.parametrize("door", STORING)
def test_line_breaks_stand_in_long_texts_alone(world, door):
    prose = [case for case in DOORS[door] if case.steps[-1] in PROSE]
    lines = [case for case in DOORS[door] if case.steps[-1] not in PROSE]
    for name, text in LINES.items():
        if lines:
            _refuses_each(_send(world, dict.fromkeys(lines, text)), lines, name)
        if prose:
            _renew(world, prose[0])
            reply = _send(world, dict.fromkeys(prose, text))
            shown = list(_texts_in(reply.json()))
            assert shown.count(text.replace("\r\n", "\n")) >= len(prose), f"{name}: {shown}"
