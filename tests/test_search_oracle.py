"""A slice of `make faults ARGS="searches"`: random searches against the oracle."""

import pytest

from faults.searches import homes
from faults.searches.run import breaches

HOMES, SEARCHES, SEED = 400, 60, 13


@pytest.fixture
def stored(now):
    homes.fill(HOMES, seed=SEED, now=now)


def test_random_searches_find_what_the_oracle_finds(stored):
    assert list(breaches(SEARCHES, seed=SEED)) == []
