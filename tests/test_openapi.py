import re

import pytest

from apps.common import api_document
from apps.common.api_document import document, operations
from tests.contract import check

pytestmark = pytest.mark.unit

ALL = {f"{method.upper()} {path}": found for path, method, found in operations(document())}
STATUSES_OF_ERRORS = re.compile(r"[45]\d\d")


def test_the_generator_has_nothing_to_complain_about(capsys):
    api_document._made.__wrapped__()
    assert capsys.readouterr().err == ""


def test_no_two_operations_share_an_id():
    ids = [operation["operationId"] for operation in ALL.values()]
    assert len(ids) == len(set(ids)) > 15


@pytest.mark.parametrize("name", ALL)
def test_every_operation_is_described(name):
    operation = ALL[name]
    assert re.fullmatch(r"[A-Z].{5,70}", operation["summary"])
    assert len(operation["tags"]) == 1
    assert [status for status in operation["responses"] if STATUSES_OF_ERRORS.fullmatch(status)]
    assert [status for status in operation["responses"] if status[0] in "23"]


def _bodies():
    for name, operation in ALL.items():
        for status, reply in operation["responses"].items():
            for media in reply.get("content", {}).items():
                yield f"{name} {status}", *media
        for media in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{name} body", *media


@pytest.mark.parametrize(
    ("name", "media"), [(n, m) for n, kind, m in _bodies() if kind == "application/json"]
)
def test_every_json_body_has_an_example_that_fits_its_schema(name, media):
    assert media["examples"]
    for shown in media["examples"].values():
        assert check(media["schema"], shown["value"], closed=True) == []


def test_money_is_described_in_its_main_unit_and_a_needed_field_as_required():
    schemas = document()["components"]["schemas"]
    price = schemas["ListingRequest"]["properties"]["price_per_night"]
    described = (price["minimum"], price["maximum"], price["multipleOf"])
    # The least and the most of any currency; what each has is in `test_prices_of_each_currency`.
    assert described == (0.001, 20_000_000_000, 0.001)
    assert price["description"] == (
        "With the decimals of its currency; at most 20,000,000, or 20,000,000,000 where a "
        "euro buys a thousand or more."
    )
    assert schemas["PatchedListingChangeRequest"]["required"] == ["version"]
