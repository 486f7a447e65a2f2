"""A slice of `make faults ARGS="searches"`: random searches against the oracle."""

import pytest

from faults.searches import homes
from faults.searches.run import LEFT_OUT, breaches, controls

HOMES, SEARCHES, SEED = 200, 60, 13


@pytest.fixture
def stored(now):
    homes.fill(HOMES, seed=SEED, now=now)


def test_random_searches_find_what_the_oracle_finds(stored):
    assert list(breaches(SEARCHES, seed=SEED)) == []


def test_the_oracle_notices_a_condition_that_is_left_out(stored):
    found = controls(seed=SEED)
    assert found.keys() == set(LEFT_OUT)
    assert all(found.values()), found
