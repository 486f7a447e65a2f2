import datetime as dt
from collections import Counter

import msgspec
import pytest
from bson import Int64, ObjectId

from apps.common import api_document, replies
from apps.common.json import dumps
from apps.common.pagination import Page
from apps.common.replies import (
    UNSET,
    Id,
    Instant,
    Money,
    Paged,
    Point,
    Reply,
    UnsetType,
    example_of,
    instant,
)
from apps.common.reply_schema import component_name, reply_types, schemas_of

pytestmark = pytest.mark.unit


class _SampleReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    at: Instant
    note: str | UnsetType = UNSET


OID = ObjectId("66f1c2a4b8e0d3f5a7c91e01")
STORED = dt.datetime(2026, 11, 22, 8, 15, 0, 123_000)


def test_a_reply_is_written_with_ids_as_text_and_instants_to_the_second():
    reply = _SampleReply(id=OID, at=instant(STORED))
    assert dumps(reply) == b'{"id":"66f1c2a4b8e0d3f5a7c91e01","at":"2026-11-22T08:15:00Z"}'


class _NumbersReply(Reply, frozen=True, kw_only=True, gc=False):
    count: int
    share: float
    price: Money
    where: Point


def test_a_stored_long_is_written_as_the_number_it_is():
    reply = _NumbersReply(count=Int64(2**40), share=0.5, price=1.25, where={})
    assert dumps(reply) == b'{"count":1099511627776,"share":0.5,"price":1.25,"where":{}}'


def test_a_number_is_a_double_and_money_is_not():
    fields = schemas_of(_NumbersReply)["_Numbers"]["properties"]
    assert fields["share"] == {"type": "number", "format": "double"}
    assert "format" not in fields["price"]
    assert fields["where"]["properties"]["coordinates"]["items"] == {"type": "number"}


def test_a_reply_inside_plain_data_is_written_the_same():
    reply = _SampleReply(id=OID, at=instant(STORED), note="x")
    assert dumps({"results": [reply], "at": STORED}) == (
        b'{"results":[{"id":"66f1c2a4b8e0d3f5a7c91e01","at":"2026-11-22T08:15:00Z","note":"x"}],'
        b'"at":"2026-11-22T08:15:00Z"}'
    )


@pytest.mark.parametrize(
    ("number", "total", "capped", "has_next"),
    [(1, 3, False, True), (2, 3, False, False), (2, 3, True, True)],
)
def test_a_page_knows_whether_another_follows(number, total, capped, has_next):
    page = Page(number=number, per_page=2)
    made = Paged.of([1, 2][: total - page.skip], page=page, total=total, total_capped=capped)
    assert made.pagination.has_next is has_next


def test_no_two_replies_have_one_name_in_the_description():
    api_document.document()  # loads every view
    names = Counter(component_name(kind.__name__) for kind in reply_types())
    assert [name for name, times in names.items() if times > 1] == []


def test_every_example_fits_its_reply():
    api_document.document()
    shown = [kind for kind in reply_types() if example_of(kind) is not None]
    assert len(shown) >= len(replies._EXAMPLES)
    for kind in shown:
        made = msgspec.convert(example_of(kind), kind, dec_hook=_read)
        assert msgspec.json.decode(dumps(made)) == example_of(kind), kind.__name__


def _read(kind: type, value: object) -> object:
    assert kind is ObjectId
    return ObjectId(str(value))
