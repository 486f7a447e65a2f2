"""What the MongoDB backend accepts and does not do, or does wrongly, stands nowhere in our code.
Collections are reached by their handles only, which join the running transaction."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[1]
METHODS = {"select_for_update", "prefetch_related"}
LOOKUPS = ("__iexact", "__regex", "__iregex")
ARGUMENTS = {"ignore_conflicts", "session"}
# The handle itself; what reads structs for all; and the ceiling that bookings are measured against,
# which has none of our code.
RAW = (
    "apps/common/rows.py",
    "apps/common/mongo.py",
    "apps/common/json.py",
    "bench/bare_booking.py",
)


def _is_banned(argument: str) -> bool:
    return argument in ARGUMENTS or argument.endswith(LOOKUPS)


def _names_collection(call: ast.Call) -> bool:
    """Whether it is `collection("name")`: a migration alone may know a collection of its time."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return name == "collection" and any(isinstance(given, ast.Constant) for given in call.args)


def banned(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            yield node.attr
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "msgspec.convert":
            yield "convert"
        if isinstance(node, ast.keyword) and _is_banned(node.arg or ""):
            yield str(node.arg)
        if isinstance(node, ast.Call) and _names_collection(node):
            yield "collection"
        if isinstance(node, ast.Constant) and str(node.value).endswith(LOOKUPS):
            yield str(node.value)


@pytest.mark.parametrize(
    "folder", ["airbnb", "apps", "bench", "docker", "faults", "jmeter", "stack"]
)
def test_no_source_uses_them(folder):
    files = [
        file
        for file in (ROOT / folder).rglob("*.py")
        if not {"tests", "migrations"} & set(file.relative_to(ROOT).parts)
        and str(file.relative_to(ROOT)) not in RAW
    ]
    assert len(files) > 3
    found = {str(file): names for file in files if (names := list(banned(file.read_text())))}
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "Listing.objects.select_for_update()",
        "User.objects.filter(email__iexact=email)",
        "q = {'email__iregex': email}",
        "Review.objects.bulk_create(rows, ignore_conflicts=True)",
        "mongo.collection('bookings').find_one({})",
        "bookings.find_one({}, session=mongo.session())",
        "msgspec.convert(row, Claims)",
    ],
)
def test_each_is_found(source):
    assert len(list(banned(source))) == 1
