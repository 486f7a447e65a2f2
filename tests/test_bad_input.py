"""Every input of every operation, walked from the API's description: what it forbids is refused
with a code and a sentence that names the field, and changes nothing."""

import io
import json
import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.common import mongo
from apps.common.api_document import document, operations
from tests import bad_input
from tests.bad_input import JSON, MISSING, body_media
from tests.cleaning import newest, written
from tests.contract import CheckedClient, fits
from tests.world import world_made

pytestmark = pytest.mark.keeps_data
CASES = list(bad_input.cases())
OPERATIONS = [(m.upper(), path, operation) for path, m, operation in operations(document())]
FORM = "multipart/form-data"
NOT_COMPARED = {"sessions"}
BODIES = {
    "a list": "[]",
    "a text": '"nonsense"',
    "a number": "7",
    "null": "null",
    "broken": '{"a": ',
    "no JSON number": '{"a": NaN}',
    "nested too deep": "[" * 50_000,
    "not UTF-8": b'{"a": "\xff"}',
    "an endless integer": '{"a": 1' + "0" * 10_000 + "}",
}


def _of(place):
    return [pytest.param(case, id=str(case)) for case in CASES if case.place == place]


def _named(wanted):
    return [
        pytest.param(method, path, operation, id=f"{method} {path}")
        for method, path, operation in OPERATIONS
        if wanted(path, operation)
    ]


def _state(expiring: set[str]) -> dict[str, str]:
    """A hash of each collection that loses nothing by itself."""
    hashes = mongo.database().command("dbHash")["collections"]
    return {name: value for name, value in hashes.items() if name not in NOT_COMPARED | expiring}


@pytest.fixture(scope="module")
def expiring(database) -> set[str]:
    """The collections out of which MongoDB deletes what is old, whenever it comes to it."""
    found = mongo.database()
    return {
        name
        for name in found.list_collection_names()
        if any("expireAfterSeconds" in one for one in found[name].list_indexes())
    }


@pytest.fixture(scope="module")
def world(database):
    with world_made() as made:
        yield made


@pytest.fixture
def nothing_changes(world, expiring):
    since, before = newest(), _state(expiring)
    yield
    assert _state(expiring) == before
    assert (expiring - NOT_COMPARED) & set(written(since, newest())) == set()


def _ask(client, method, address, body=None, **options):
    if body is None:
        return client.generic(method, address, **options)
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.generic(method, address, text, JSON, **options)


def _asked(world, case, value):
    operation, address = case.operation, world.address(case.path)
    client, query = world.client(operation), world.needed(operation)
    body = world.body(operation) if body_media(operation) else None
    options = {}
    if case.place == "body":
        body = bad_input.changed(body, case.steps, value)
    elif case.place == "query":
        query = {
            name: text for name, text in {**query, case.name: value}.items() if text is not MISSING
        }
    elif case.place == "header":
        options = {"headers": {case.name: value}}
    elif case.place == "path":
        address = world.address(case.path, **{case.name: value})
    words = "&".join(f"{name}={quote(text)}" for name, text in query.items())
    if _takes_files(case.path, operation):
        return client.post(address, {"image": SimpleUploadedFile("a.png", _png())})
    return _ask(client, case.method, f"{address}?{words}" if words else address, body, **options)


def _is_refusal(reply, label, statuses):
    assert reply.status_code in statuses, f"{label}: {reply.status_code} {reply.content[:500]}"
    error = reply.json()["error"]
    assert re.fullmatch(r"[A-Z][A-Z_]+", error["code"]), label
    assert len(error["message"]) > 10, label
    assert len(reply.content) < 5_000, f"{label}: the reply repeats what was sent"
    return error


def _names_the_field(error, case, label):
    named = {*error.get("fields", {}), error["message"].partition(":")[0]}
    assert case.top in named, f"{label}: nothing names {case.top}: {error}"


@pytest.mark.parametrize("case", _of("body"))
def test_a_body(world, nothing_changes, case):
    assert bad_input.allowed_oversized(case) == [], "the description lacks a limit"
    tried = 0
    for label, value in bad_input.bad_values(case):
        reply = _asked(world, case, value)
        _names_the_field(_is_refusal(reply, label, {400}), case, label)
        tried += 1
    assert tried >= len(bad_input.OVERSIZED)


@pytest.mark.parametrize("case", _of("query"))
def test_a_query(world, nothing_changes, case):
    assert bad_input.allowed_oversized(case) == [], "the description lacks a limit"
    for label, text in bad_input.QUERY_CANDIDATES.items():
        forbidden = not fits(case.schema, bad_input.query_value(case, text))
        if case.method != "GET" and not forbidden:
            continue
        reply = _asked(world, case, text)
        if forbidden and (text or case.required):
            _names_the_field(_is_refusal(reply, label, {400}), case, label)
        else:
            assert reply.status_code < 500, f"{label}: {reply.status_code}"
    if case.required:
        reply = _asked(world, case, MISSING)
        _names_the_field(_is_refusal(reply, "missing", {400}), case, "missing")


@pytest.mark.parametrize("case", _of("path"))
def test_a_path(world, nothing_changes, case):
    for label, text in bad_input.PATH_CANDIDATES.items():
        _is_refusal(_asked(world, case, text), label, {404})


@pytest.mark.parametrize("case", _of("header"))
def test_a_header(world, nothing_changes, case):
    for label, text in {"short": "x", "long": "x" * 5_000, "an operator": '{"$gt": ""}'}.items():
        _is_refusal(_asked(world, case, text), label, {400})


@pytest.mark.parametrize(("method", "path", "operation"), _named(lambda _p, o: body_media(o)))
def test_a_whole_body(world, nothing_changes, method, path, operation):
    client, address = world.client(operation), world.address(path)
    for label, text in BODIES.items():
        _is_refusal(_ask(client, method, address, text), label, {400})
    large = json.dumps({"a": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    assert _is_refusal(_ask(client, method, address, large), "large", {413})["code"] == (
        "PAYLOAD_TOO_LARGE"
    )
    plain = client.generic(method, address, "a=1", "text/plain")
    assert _is_refusal(plain, "plain", {415})["code"] == "UNSUPPORTED_MEDIA_TYPE"


def _takes_files(_path, operation):
    return FORM in operation.get("requestBody", {}).get("content", {})


@pytest.mark.parametrize(("method", "path", "operation"), _named(_takes_files))
def test_an_upload(world, nothing_changes, method, path, operation):
    client, address = world.client(operation), world.address(path)
    forms = {
        "nothing": {},
        "a text": {"image": "nonsense"},
        "an empty file": {"image": SimpleUploadedFile("a.png", b"")},
        "no image": {"image": SimpleUploadedFile("a.png", b"GIF89a nonsense")},
        "half an image": {"image": SimpleUploadedFile("a.png", _png()[:60])},
    }
    for label, form in forms.items():
        _is_refusal(client.post(address, form), label, {400})
    _is_refusal(_ask(client, method, address, {"image": "x"}), "JSON", {400, 415})


def _png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(made, "PNG")
    return made.getvalue()


# Everybody may ask about a listing, and support about anybody's.
EVERYBODYS = {
    "/api/messages/listings/{listing_id}",
    "/api/properties/staff/{listing_id}/rank",
}


def _is_anothers(path, operation):
    return "{" in path and any(operation.get("security", [])) and path not in EVERYBODYS


@pytest.mark.parametrize(("method", "path", "operation"), _named(_is_anothers))
def test_what_is_anothers_does_not_exist(world, nothing_changes, method, path, operation):
    client, address = world.client(operation, stranger=True), world.address(path)
    if _takes_files(path, operation):
        reply = client.post(address, {"image": SimpleUploadedFile("a.png", _png())})
    else:
        query = "&".join(f"{name}={value}" for name, value in world.needed(operation).items())
        body = world.body(operation) if body_media(operation) else None
        reply = _ask(client, method, f"{address}?{query}", body)
    _is_refusal(reply, "another's", {404})


@pytest.mark.parametrize(
    ("method", "path", "operation"), _named(lambda _p, o: any(o.get("security", [])))
)
def test_without_a_login(world, nothing_changes, method, path, operation):
    for token in (None, "nonsense", world.guest.token[:-4] + "AAAA"):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        reply = CheckedClient(headers=headers).generic(method, world.address(path))
        _is_refusal(reply, "no login", {401})
