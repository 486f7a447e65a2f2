import json
import re

import pytest

from apps.common.api_document import document, operations
from apps.common.postman import collection

MADE = collection(document())
ITEMS = {item["name"]: item for folder in MADE["item"] for item in folder["item"]}
LOGIN = "Log in as traveler"


def _items():
    return [item for folder in MADE["item"] for item in folder["item"]]


@pytest.mark.unit
def test_there_is_one_request_for_each_operation():
    asked = sorted(
        (item["request"]["method"], "/" + "/".join(item["request"]["url"]["path"]))
        for item in _items()
    )
    described = sorted(
        (method.upper(), re.sub(r"\{(\w+)\}", r":\1", path))
        for path, method, _ in operations(document())
    )
    assert asked == described


@pytest.mark.unit
def test_folders_are_the_tags():
    assert [folder["name"] for folder in MADE["item"]] == sorted(
        {operation["tags"][0] for _, _, operation in operations(document())}
    )


@pytest.mark.unit
def test_every_call_uses_the_variables():
    assert [variable["key"] for variable in MADE["variable"]] == ["baseUrl", "token"]
    assert MADE["auth"]["bearer"][0]["value"] == "{{token}}"
    assert all(item["request"]["url"]["raw"].startswith("{{baseUrl}}/api/") for item in _items())


@pytest.mark.unit
def test_a_login_keeps_the_token_and_sends_none():
    login = ITEMS[LOGIN]
    assert (
        'pm.collectionVariables.set("token", pm.response.json().token);'
        in (login["event"][0]["script"]["exec"])
    )
    assert login["request"]["auth"] == {"type": "noauth"}
    assert "auth" not in ITEMS["Request a stay"]["request"]


@pytest.mark.unit
@pytest.mark.parametrize(
    "name", [n for n, i in ITEMS.items() if "raw" in i["request"].get("body", {})]
)
def test_bodies_are_examples_as_json(name):
    assert json.loads(ITEMS[name]["request"]["body"]["raw"]) != {}


def test_the_example_logs_in(anonymous):
    """What the collection sends first works as it stands."""
    for name in ("Register as traveler", LOGIN):
        request = ITEMS[name]["request"]
        path = "/" + "/".join(request["url"]["path"])
        reply = anonymous.post(path, request["body"]["raw"], content_type="application/json")
        assert reply.status_code in {200, 201}
        assert reply.json()["token"]


@pytest.mark.unit
def test_a_query_shows_what_must_be_given():
    url = ITEMS["What a stay costs, and whether it is free"]["request"]["url"]
    needed = {each["key"] for each in url["query"] if not each["disabled"]}
    assert needed == {"listing_id", "check_in", "check_out"}
    assert ITEMS["One listing"]["request"]["url"]["variable"][0]["key"] == "listing_id"
