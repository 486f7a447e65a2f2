"""Every operation of the API for every kind of caller, held against docs/access.md. A new operation
needs its line there."""

import pytest

from apps.common.api_document import document, operations
from tests import access
from tests.world import world_made

pytestmark = pytest.mark.keeps_data
OPERATIONS = [(m.upper(), path, operation) for path, m, operation in operations(document())]
NAMES, EXPECTED = access.table()


@pytest.fixture(scope="module")
def world(database):
    with world_made() as made:
        yield made


@pytest.fixture(scope="module")
def people(world):
    return access.people(world)


def test_the_table_has_each_operation_and_caller_once(people):
    assert list(people) == NAMES
    assert sorted(EXPECTED) == sorted(f"{method} {path}" for method, path, _ in OPERATIONS)
    assert {len(cells) for cells in EXPECTED.values()} == {len(NAMES)}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one[0]} {one[1]}")
def test_who_may(world, people, operation):
    method, path, _ = operation
    name = f"{method} {path}"
    changes = method != "GET" and ("{" in path or path.startswith("/api/bookings"))
    world.renew()
    access.prepare(world, operation)
    found = []
    for user in people.values():
        reply = access.ask(world, user, operation)
        reply.close()
        succeeded = reply.status_code < 400
        found.append(f"{reply.status_code // 100}xx" if succeeded else str(reply.status_code))
        if succeeded and changes:
            world.renew()
            access.prepare(world, operation)
    line = access.as_row([name, *found])
    assert found == EXPECTED.get(name), f"docs/access.md has no or another line:\n{line}"
