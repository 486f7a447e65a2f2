"""What the MongoDB backend accepts and does not do, or does wrongly, stands nowhere in our code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[1]
METHODS = {"select_for_update", "prefetch_related"}
LOOKUPS = ("__iexact", "__regex", "__iregex")
ARGUMENTS = {"ignore_conflicts"}


def _is_banned(argument: str) -> bool:
    return argument in ARGUMENTS or argument.endswith(LOOKUPS)


def banned(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            yield node.attr
        if isinstance(node, ast.keyword) and _is_banned(node.arg or ""):
            yield str(node.arg)
        if isinstance(node, ast.Constant) and str(node.value).endswith(LOOKUPS):
            yield str(node.value)


@pytest.mark.parametrize(
    "folder", ["airbnb", "apps", "bench", "docker", "faults", "jmeter", "stack"]
)
def test_no_source_uses_them(folder):
    files = [file for file in (ROOT / folder).rglob("*.py") if "tests" not in file.parts]
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
    ],
)
def test_each_is_found(source):
    assert len(list(banned(source))) == 1
